"""Files: private ones, sealed ones, and who else may read a folder."""
