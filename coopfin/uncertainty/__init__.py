"""What is not known: distributions, simulation, sensitivity, drivers."""
