"""The gallery as a folder of files: any browser opens it, any host serves it, and nothing in it asks for more."""
