"""One module for each report, by its name with _ for -: claims(o, d) says all that the document should say."""
