"""Finding sentences by pictures and pictures by sentences, with the captioner's own probabilities."""
