"""What programs may ask of a home, by JSON over HTTP or by the Model Context Protocol."""
