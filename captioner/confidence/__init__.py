"""How likely a caption is right: signs, and a calibrator fitted on photographs that training never saw.

* `signs`: what the beam and the evidence of objects tell of a caption.
* `record`: how often each thing was there when the model named it.
* `photographs`: whether a picture is a photograph at all, and how far from those of the training.
* `ink`: whether it is drawn or printed in ink, as what is traced from a photograph.
* `exposure`: whether anything is left to see, or all is burnt out, black or fog.
* `logistic`: from signs to a probability.
* `calibration`: the parts together, and the files beside a checkpoint.
* `judge`: captions with their confidence.
"""
