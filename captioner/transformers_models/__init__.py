"""Image-to-text models of the transformers library behind the interface of the captioner (`captioner.interface`)."""
