"""How likely a caption is right: signs of doubt, a calibrator that was fitted on photographs that training never saw.

signs         what the beam, the evidence of objects and the picture tell of a caption
logistic      signs -> a probability
pictures      features and pixels -> is this a photograph at all, and how far from those of the training
calibration   the parts together, their bounds, and the files beside a checkpoint
"""
