"""What the tests of accounts know about the people in them."""

PASSWORD = "a stone arch in the rain"
