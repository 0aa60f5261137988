"""From a raw page or text to blocks with roles, and the article they make."""
