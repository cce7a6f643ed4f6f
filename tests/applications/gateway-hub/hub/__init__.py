"""One door to every provider that procurement has signed."""
