"""Drawings that filters make of photographs."""

import numpy as np
from PIL import Image
from scipy import ndimage


def _grey(photograph):
    return np.asarray(photograph.convert("L"), float) / 255


def _picture(values):
    return Image.fromarray(np.clip(values * 255, 0, 255).astype(np.uint8)).convert("RGB")


def slopes(photograph):
    grey = _grey(photograph)
    steep = np.hypot(ndimage.sobel(grey, 0), ndimage.sobel(grey, 1))
    return _picture(1 - 2 * steep / steep.max())


def pencil(photograph):
    grey = _grey(photograph)
    return _picture(grey / np.maximum(ndimage.gaussian_filter(grey, 5), 0.02))


def pen(photograph):
    """Extended differences of Gaussians (Winnemöller 2011)."""
    grey = _grey(photograph)
    difference = ndimage.gaussian_filter(grey, 1) - 0.98 * ndimage.gaussian_filter(grey, 2.5)
    return _picture(np.where(difference > 0.005, 1, 1 + np.tanh(200 * (difference - 0.005))))


def stencil(photograph):
    grey = ndimage.gaussian_filter(_grey(photograph), 2)
    return _picture(grey > np.median(grey))


def newsprint(photograph):
    return photograph.convert("1").convert("RGB")


TRACERS = (slopes, pencil, pen, stencil, newsprint)
