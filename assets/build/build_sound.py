"""Synthesise surroundings, steps, breath, doors and the radio's squelch as assets/sound/NAME.ogg. Needs `sox` with Vorbis
support.

    python3 assets/build/build_sound.py [NAME ...]
    python3 assets/build/build_sound.py --check       measure what is in assets/sound and tell what is out of its bounds

The surroundings loop: the tail is faded into the head. All of them are about equally loud; the program says how loud each
is beside the others. Nothing is recorded or taken from anywhere.
"""
import os
import subprocess
import sys
import tempfile
import wave

import sources

sources.environment()

import numpy as np
from scipy import signal

from loudness import limited, loudness

RATE = 32000
OUT = os.environ.get('SOUND_OUT') or os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'sound')
rng = np.random.default_rng(11)


def band(n, low, high, order=2):
    return signal.sosfilt(signal.butter(order, [low, high], 'band', fs=RATE, output='sos'), rng.standard_normal(n))


def below(n, limit, order=2):
    return signal.sosfilt(signal.butter(order, limit, 'low', fs=RATE, output='sos'), rng.standard_normal(n))


def drift(n, speed, depth):
    """Slow change of loudness around 1."""
    m = below(n, speed, 1)
    return 1 + depth * m / np.abs(m).max()


def loop(x, seconds=1.5):
    k = int(seconds * RATE)
    w = np.linspace(0, 1, k)
    y = x[:-k].copy()
    y[:k] = x[:k] * np.sqrt(w) + x[-k:] * np.sqrt(1 - w)
    return y


def rain(seconds=14):
    n = seconds * RATE
    bed = .5 * band(n, 900, 9000) * drift(n, .4, .35) + .25 * below(n, 500)
    drops = np.zeros(n)
    for i in rng.integers(0, n - 2000, seconds * 160):
        length, pitch = rng.integers(200, 1400), rng.uniform(900, 5200)
        t = np.arange(length) / RATE
        drops[i:i + length] += rng.uniform(.05, .6) ** 2 * np.sin(2 * np.pi * pitch * t * (1 + 2 * t)) * np.exp(-t * rng.uniform(120, 500))
    return loop(bed * .35 + drops * 1.4)


def traffic(wet, seconds=20):
    """A main road some way off; on a wet road the tyres hiss."""
    n = seconds * RATE
    t = np.arange(n) / RATE
    x = .5 * below(n, 160) * drift(n, .25, .5) + .08 * band(n, 200, 900)
    for _ in range(5):
        centre = rng.uniform(1.5, seconds - 3)
        near = np.exp(-((t - centre) / rng.uniform(1.1, 1.9)) ** 2)
        x += near * (band(n, 250, 1600) * .35 + below(n, 120) * .7 + (band(n, 2500, 7000) * .25 if wet else 0))
    return loop(x)


def room(seconds=10):
    n = seconds * RATE
    t = np.arange(n) / RATE
    hum = sum(a * np.sin(2 * np.pi * f * t) for f, a in ((50, .05), (100, .08), (150, .02), (200, .02)))
    return loop(.2 * below(n, 220) + .03 * band(n, 300, 3000) + hum)


def squelch():
    """A radio opening, hissing for a moment, and closing: no words."""
    def hiss(seconds, level):
        return band(int(seconds * RATE), 500, 3200) * level
    click = np.exp(-np.arange(int(.012 * RATE)) / RATE * 420) * rng.standard_normal(int(.012 * RATE)) * .7
    beep = np.sin(2 * np.pi * 1250 * np.arange(int(.09 * RATE)) / RATE) * np.hanning(int(.09 * RATE)) ** .3 * .28
    tail = hiss(.30, .30) * np.linspace(1, .25, int(.30 * RATE)) ** 2
    x = np.concatenate([click, hiss(.10, .22), beep, hiss(.16, .10), click * .6, tail, np.zeros(int(.06 * RATE))])
    return signal.sosfilt(signal.butter(2, [380, 3000], 'band', fs=RATE, output='sos'), x)


def hall(x, seconds, share):
    """The room that a sound is in."""
    n = int(seconds * RATE)
    tail = rng.standard_normal(n) * np.exp(-np.arange(n) / n * 6.5)
    wet = signal.fftconvolve(x, tail)[:len(x)]
    return x * (1 - share) + wet / (np.abs(wet).max() + 1e-9) * np.abs(x).max() * share


def around(x, seconds):
    """The same for a loop: what rings on at its end is heard at its beginning."""
    n = int(seconds * RATE)
    return signal.fftconvolve(x, rng.standard_normal(n) * np.exp(-np.arange(n) / n * 6.5))[:len(x)]


def murmur(n, voices, low=95, high=210, brightness=1.0):
    """People talking too far off for words."""
    x = np.zeros(n)
    for _ in range(int(voices * n / RATE)):
        length = rng.integers(int(.09 * RATE), int(.32 * RATE))
        start = rng.integers(0, n - length)
        t = np.arange(length) / RATE
        wave_ = signal.sawtooth(2 * np.pi * rng.uniform(low, high) * t * (1 + .05 * np.sin(9 * t)))
        mouth = [rng.uniform(300, 650) * brightness, rng.uniform(1000, 1900) * brightness]
        wave_ = signal.sosfilt(signal.butter(1, mouth, 'band', fs=RATE, output='sos'), wave_)
        x[start:start + length] += wave_ * np.hanning(length) * rng.uniform(.3, 1)
    return x


def hum(n, *partials):
    t = np.arange(n) / RATE
    return sum(a * np.sin(2 * np.pi * f * t) for f, a in partials)


def tap(length, low, high, decay):
    n = int(length * RATE)
    return band(n, low, high) * np.exp(-np.arange(n) / RATE * decay) * np.minimum(1, np.arange(n) / (.002 * RATE))


def add(x, start, part, level=1.0):
    start = int(start * RATE)
    part = part[:max(0, len(x) - start)]
    x[start:start + len(part)] += part * level


def steps(count, is_indoors):
    """Boots, unhurried: heel and ball, never twice the same."""
    pace = .56
    x = np.zeros(int((count * pace + .45) * RATE))
    for k in range(count):
        at = .03 + k * pace + rng.uniform(-.015, .015)
        weight = rng.uniform(.8, 1)
        for late, level in ((0, 1), (rng.uniform(.07, .1), .55)):
            add(x, at + late, tap(.12, 60, 240 if is_indoors else 320, 45), 1.3 * weight * level)
            add(x, at + late, tap(.05, 700 if is_indoors else 1400, 2600 if is_indoors else 5200, 120), (.22 if is_indoors else .4) * weight * level)
        add(x, at + .05, tap(.14, 900, 4200, 28), .05 if is_indoors else .1)
    return hall(x, .5, .3) if is_indoors else hall(x, .18, .12)


def breath(cycle, seconds, depth):
    """In through the nose, out through the mouth."""
    n = int(seconds * RATE)
    x = np.zeros(n)
    for k in range(int(seconds / cycle)):
        wobble = rng.uniform(.92, 1.08)
        for start, share, low, high, level in ((.02, .36, 900, 3600, .5), (.48, .42, 350, 2300, 1.0)):
            length = int(cycle * share * RATE)
            shape = np.hanning(length) ** .8
            add(x, (k + start) * cycle, band(length, low, high) * shape, level * depth * wobble)
    return x


def knock():
    x = np.zeros(int(1.5 * RATE))
    for at in (.04, .36, .66):
        n = int(.25 * RATE)
        t = np.arange(n) / RATE
        wood = sum(a * np.sin(2 * np.pi * f * t + p) * np.exp(-t * d) for f, a, d, p in ((172, 1, 26, .3), (318, .6, 38, 1), (544, .3, 55, 2)))
        add(x, at + rng.uniform(-.02, .02), wood * np.minimum(1, t / .006), rng.uniform(.8, 1))
        add(x, at, tap(.03, 900, 3200, 150), .18)
    return hall(x, .35, .2)


def door_open():
    x = np.zeros(int(1.9 * RATE))
    add(x, .05, tap(.05, 1200, 4500, 90), .45), add(x, .17, tap(.07, 500, 2600, 60), .5)
    n = int(1.1 * RATE)
    t = np.arange(n) / RATE
    hinge = signal.sawtooth(2 * np.pi * np.cumsum(70 + 45 * np.sin(2 * np.pi * .8 * t) + 8 * rng.standard_normal(n).cumsum() / np.sqrt(n)) / RATE)
    add(x, .3, signal.sosfilt(signal.butter(2, [420, 1500], 'band', fs=RATE, output='sos'), hinge) * np.hanning(n), .1)
    add(x, .3, below(n, 350) * np.hanning(n), .35)
    return hall(x, .4, .2)


def fireworks(seconds=16):
    """Some streets away: each comes up softly and rolls off between the houses."""
    n = seconds * RATE
    x = np.zeros(n)
    for at in (.4, 2.3, 3.1, 5.6, 8.2, 8.9, 11.7, 13.2):
        length = int(1.3 * RATE)
        t = np.arange(length) / RATE
        add(x, at + rng.uniform(0, .3), below(length, rng.uniform(150, 260)) * (1 - np.exp(-t * 45)) * np.exp(-t * 5), rng.uniform(.6, 1))
        for _ in range(rng.integers(0, 26)):
            add(x, at + .5 + rng.uniform(0, 1.1), tap(.05, 900, 3400, 110), rng.uniform(.01, .05))
    echo = np.zeros(n)
    for late, level in ((.31, .4), (.72, .25), (1.2, .14)):
        k = int(late * RATE)
        echo[k:] += x[:-k] * level
    return x + signal.sosfilt(signal.butter(1, 500, 'low', fs=RATE, output='sos'), echo)


def supermarket(seconds=16):
    n = seconds * RATE
    x = .16 * below(n, 260) + .02 * band(n, 400, 4000) + hum(n, (50, .03), (100, .06), (150, .025), (300, .01))
    x = x + .3 * murmur(n, 14)
    far = np.zeros(n)
    for at in (1.1, 2.0, 4.7, 6.9, 7.6, 10.4, 12.2, 13.0):
        t = np.arange(int(.09 * RATE)) / RATE
        add(far, at, np.sin(2 * np.pi * 1560 * t) * np.hanning(len(t)), .1)
    for at in (3.2, 8.8):
        length = int(1.6 * RATE)
        add(far, at, band(length, 300, 2600) * np.hanning(length) * (1 + .7 * np.sign(np.sin(2 * np.pi * 13 * np.arange(length) / RATE))), .035)
    return loop(x + far + .012 * around(far + .1 * x, 1.1))


def ward(seconds=17):
    n = seconds * RATE
    x = .18 * below(n, 300) + .04 * band(n, 300, 2500) + hum(n, (100, .03), (200, .012))
    far = .06 * murmur(n, 5)
    for k in range(7):
        t = np.arange(int(.12 * RATE)) / RATE
        add(far, 1 + k * 2.2, np.sin(2 * np.pi * 940 * t) * np.hanning(len(t)), .035)
    for at in (4.1, 4.7, 5.3, 5.9, 12.4):
        add(far, at, tap(.12, 90, 700, 40), .06)
    return loop(x + 1.6 * far + .05 * around(far, .9))


def school(seconds=17):
    n = seconds * RATE
    x = .12 * below(n, 280) + hum(n, (100, .02))
    far = .12 * murmur(n, 26, 200, 360, 1.25)
    for at in (2.2, 7.9, 12.6):
        add(far, at, tap(.3, 140, 1500, 18), .14)
    for k in range(24):
        add(far, rng.uniform(.5, seconds - 2), tap(.1, 100, 1600, 60), .05)
    return loop(x + .35 * far + .03 * around(far, 1.5))


def control_room(seconds=17):
    n = seconds * RATE
    x = .2 * below(n, 420) + .05 * band(n, 300, 3500) + hum(n, (50, .02), (100, .045), (200, .015))
    far = .09 * murmur(n, 9)
    for _ in range(90):
        add(far, rng.uniform(.2, seconds - 1.8), tap(.02, 1500, 5200, 220), rng.uniform(.02, .06))
    return loop(x + 1.9 * far + .03 * around(far, .5))


def custody(seconds=17):
    n = seconds * RATE
    x = .22 * below(n, 180) + .02 * band(n, 300, 2200) + hum(n, (50, .03), (100, .06), (150, .02))
    far = .05 * murmur(n, 4)
    for at, level in ((3.4, .16), (10.8, .1)):
        ring = sum(np.sin(2 * np.pi * f * np.arange(int(.9 * RATE)) / RATE) * np.exp(-np.arange(int(.9 * RATE)) / RATE * d) for f, d in ((140, 8), (410, 11), (930, 16)))
        add(far, at, ring * np.minimum(1, np.arange(len(ring)) / (.02 * RATE)), level * .4)
    return loop(x + 1.3 * far + .08 * around(far, 1.8))


def street(seconds=18):
    n = seconds * RATE
    x = .5 * traffic(False, seconds + 2)[:n] + .05 * murmur(n, 9)
    for _ in range(9):
        at, f = rng.uniform(.5, seconds - 3), rng.uniform(2600, 4200)
        for k in range(rng.integers(2, 5)):
            t = np.arange(int(.09 * RATE)) / RATE
            add(x, at + k * .16, np.sin(2 * np.pi * f * t * (1 + 1.6 * t)) * np.hanning(len(t)), .008)
    for k in range(8):
        add(x, 5 + k * .55, tap(.1, 200, 2600, 55), .03)
    return loop(x)


def wind(seconds=18):
    n = seconds * RATE
    return loop(.5 * band(n, 120, 480) * drift(n, .18, .8) + .12 * band(n, 500, 2200) * drift(n, .3, .6) + .3 * below(n, 140))


# name -> maker and highest sample; made one after the other from one row of random numbers
FIRST = {'rain': (rain, .6), 'traffic': (lambda: traffic(False), .7), 'traffic-wet': (lambda: traffic(True), .7), 'room-tone': (room, .35), 'radio-squelch': (squelch, .5)}
# name -> maker and loudness in LUFS, each from random numbers of its own
BEDS = {
    'supermarket': supermarket, 'hospital-ward': ward, 'school-corridor': school, 'control-room': control_room, 'custody': custody,
    'street-day': street, 'wind': wind, 'fireworks': fireworks,
}
EFFECTS = {
    'steps-hard': lambda: steps(2, False), 'steps-hard-long': lambda: steps(5, False), 'steps-indoors': lambda: steps(2, True),
    'steps-indoors-long': lambda: steps(5, True), 'breath-slow': lambda: breath(3.4, 10.2, .8), 'breath-fast': lambda: breath(1.35, 10.8, 1),
    'door-knock': knock, 'door-open': door_open,
}
BED_LOUDNESS, EFFECT_LOUDNESS, PEAK = -21.0, -23.0, -6.0
# What --check holds every sound to: LUFS from and to, decibels below full scale, bytes.
BOUNDS = (-28.0, -16.0, -3.0, 150_000)


def make(names):
    global rng
    if set(names) & set(FIRST):
        rng = np.random.default_rng(11)
        for name, (maker, peak) in FIRST.items():
            x = maker()
            if name in names:
                yield name, x / np.abs(x).max() * peak
    for name in names:
        maker = BEDS.get(name) or EFFECTS.get(name)
        if maker is None:
            continue
        rng = np.random.default_rng(sum(name.encode()))
        x = maker()
        x = signal.sosfilt(signal.butter(2, 35, 'high', fs=RATE, output='sos'), x)
        x = x * 10 ** (((BED_LOUDNESS if name in BEDS else EFFECT_LOUDNESS) - loudness(x, RATE)) / 20)
        yield name, limited(x, RATE, PEAK)


def check():
    """Measure every committed sound; says which are out of bounds."""
    bad = 0
    folder = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'sound')
    for file in sorted(os.listdir(folder)):
        path = os.path.join(folder, file)
        with tempfile.NamedTemporaryFile(suffix='.wav') as temporary:
            subprocess.run(['sox', path, '-b', '16', temporary.name], check=True)
            with wave.open(temporary.name) as w:
                rate = w.getframerate()
                x = np.frombuffer(w.readframes(w.getnframes()), '<i2') / 32768
        loud, peak, size = loudness(x, rate), 20 * np.log10(np.abs(x).max()), os.path.getsize(path)
        low, high, top, most = BOUNDS
        is_bad = not low <= loud <= high or peak > top or size > most
        bad += is_bad
        print(f'{file:<24} {len(x) / rate:5.1f} s {loud:6.1f} LUFS, peak {peak:5.1f} dBFS, {size // 1000:4d} KB{"   OUT OF BOUNDS" if is_bad else ""}')
    return bad


if __name__ == '__main__':
    if '--check' in sys.argv:
        sys.exit(1 if check() else 0)
    os.makedirs(OUT, exist_ok=True)
    wanted = sys.argv[1:] or [*FIRST, *BEDS, *EFFECTS]
    for name in wanted:
        if name not in FIRST and name not in BEDS and name not in EFFECTS:
            sys.exit(f'there is no sound {name}')
    for name, x in make(wanted):
        path = os.path.join(OUT, name + '.ogg')
        with tempfile.NamedTemporaryFile(suffix='.wav') as temporary:
            with wave.open(temporary.name, 'wb') as w:
                w.setnchannels(1), w.setsampwidth(2), w.setframerate(RATE)
                w.writeframes((x * 32767).astype('<i2').tobytes())
            # Without dither: it would be another one each time.
            subprocess.run(['sox', '-D', temporary.name, '-C', '2', path], check=True)
        print(f'{name}: {len(x) / RATE:.1f} s, {os.path.getsize(path) // 1024} KB, {loudness(x, RATE):.1f} LUFS')
