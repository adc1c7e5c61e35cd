"""The steps: one function an act. A command comes in, events go out, everything of an act commits together."""
