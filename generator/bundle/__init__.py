"""The format of `build/`: what the compiler writes down and the runtime lives on."""
