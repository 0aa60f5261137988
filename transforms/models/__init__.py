"""What is learnt or listed and read from tables: the weights of three models, and the words of a register."""
