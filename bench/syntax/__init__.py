"""The training of the pipeline that reads sentences: from a treebank to the package data of `copydesk.seeds`."""
