"""Every page of a definition in every state that customers may meet it in, side by side, as a site of its own."""
