"""What happens next: pure functions over a workflow, a walk and what the outside says. Nothing here asks or saves."""
