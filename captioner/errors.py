"""The errors of the model library: each has a stable code and a sentence that says what to do next."""

from __future__ import annotations


class CaptionerError(Exception):
    """Base of every error that the library raises on purpose."""

    code = "captioner_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class CheckpointError(CaptionerError):
    """A checkpoint folder is missing, incomplete, damaged, or made for another version of the library."""

    code = "checkpoint_unusable"


class CalibrationError(CaptionerError):
    """A calibration's files are damaged, or made for another checkpoint or another version of the library."""

    code = "calibration_unusable"


class DeviceError(CaptionerError):
    """The device that was asked for is unknown or not there."""

    code = "device_unavailable"


class ConfigurationError(CaptionerError):
    """A configuration file, option or environment variable has a value that cannot be used."""

    code = "configuration_invalid"


class DataError(CaptionerError):
    """A data set's files are missing or cannot be read."""

    code = "data_unusable"
