"""How loud a sound is to people, and how to keep it from peaks."""
import numpy as np
from scipy import signal


def weighting(x, rate):
    """The two filters of BS.1770 (K-weighting)."""
    def shelf(gain, f, q):
        a, w = 10 ** (gain / 40), 2 * np.pi * f / rate
        al, c = np.sin(w) / (2 * q), np.cos(w)
        b = [a * ((a + 1) + (a - 1) * c + 2 * np.sqrt(a) * al), -2 * a * ((a - 1) + (a + 1) * c), a * ((a + 1) + (a - 1) * c - 2 * np.sqrt(a) * al)]
        d = [(a + 1) - (a - 1) * c + 2 * np.sqrt(a) * al, 2 * ((a - 1) - (a + 1) * c), (a + 1) - (a - 1) * c - 2 * np.sqrt(a) * al]
        return np.array(b) / d[0], np.array(d) / d[0]
    b, a = shelf(4.0, 1681.97, .7072)
    w, q = 2 * np.pi * 38.135 / rate, .5003
    al, c = np.sin(w) / (2 * q), np.cos(w)
    b2, a2 = np.array([(1 + c) / 2, -(1 + c), (1 + c) / 2]) / (1 + al), np.array([1, -2 * c / (1 + al), (1 - al) / (1 + al)])
    return signal.lfilter(b2, a2, signal.lfilter(b, a, x))


def loudness(x, rate):
    """LUFS of what is not silence: blocks of 0.4 s, those 10 LU under the rest left out."""
    size, hop = int(.4 * rate), int(.1 * rate)
    k = weighting(np.pad(x, (0, max(0, size - len(x)))), rate)
    blocks = np.array([np.mean(k[i:i + size] ** 2) for i in range(0, len(k) - size + 1, hop)])
    lufs = -.691 + 10 * np.log10(blocks + 1e-12)
    kept = blocks[lufs > -70]
    if not len(kept):
        return -70.0
    gate = -.691 + 10 * np.log10(kept.mean()) - 10
    kept = kept[-.691 + 10 * np.log10(kept) > gate]
    return float(-.691 + 10 * np.log10(kept.mean()))


def limited(x, rate, peak):
    """No sample above `peak` (decibels below full scale): louder moments are turned down for 5 ms before and 60 ms after."""
    top = 10 ** (peak / 20)
    over = np.maximum(1, np.abs(x) / top)
    if over.max() <= 1:
        return x
    ahead = int(.005 * rate)
    held = np.max(np.lib.stride_tricks.sliding_window_view(np.pad(over, (ahead, ahead), constant_values=1), 2 * ahead + 1), axis=1)
    gain, now, fall = np.empty(len(x)), 1.0, np.exp(-1 / (.06 * rate))
    for i, h in enumerate(held):
        now = max(h, 1 + (now - 1) * fall)
        gain[i] = now
    smooth = signal.lfilter([1 / ahead] * ahead, 1, np.pad(gain, (0, ahead), mode='edge'))[ahead:]
    return np.clip(x / np.maximum(smooth, 1), -top, top)
