"""What travels to other processes and machines: a batch in, a manifest out."""
