"""The shared look of portal and desk: base page, components, their words, one stylesheet without a script."""
