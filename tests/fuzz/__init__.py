"""What a fuzzer tries: `make fuzz MINUTES=10`. `targets` says what must hold for any bytes, `run` drives atheris."""
