"""The Nu HTML Checker (npm `vnu-jar`, run by Java), got once into var/, at the version and with the checksum of
package-lock.json."""

import json
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent / "var" / "nu"
JAR = HOME / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LOCK = "package-lock.json"
# The checker holds each document in memory and its thread of parsing needs a deep stack.
JAVA = ("-Xss2m", "-Xmx512m")


class Missing(Exception):
    """Java or npm is not on this machine, or the registry did not give the package; says which, and what to do."""


def checker() -> Path:
    """The path of the checker, fetched by npm if it is not there in the locked version. Raises Missing."""
    for program, package in (("java", "default-jre-headless"), ("npm", "npm")):
        if shutil.which(program) is None:
            raise Missing(f"{program} is not on this machine (Debian: apt-get install {package}).")
    kept = HOME / LOCK
    if JAR.exists() and kept.exists() and kept.read_bytes() == (HERE / LOCK).read_bytes():
        return JAR
    HOME.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", LOCK):
        shutil.copyfile(HERE / name, HOME / name)
    # `ci` takes what the lock says and nothing else; without scripts, since the package's own would fetch a Java.
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, env=os.environ | {"CI": "1"})
    if done.returncode or not JAR.exists():
        kept.unlink(missing_ok=True)
        raise Missing(f"npm did not get vnu-jar: {done.stderr.strip()[-400:]}")
    return JAR


def checked(jar: Path, folder: Path, *options: str) -> list[dict]:
    """What the checker says of all files of a folder: messages with `type` (error, info), `subType` (warning), `url`,
    `message`, `extract`, as its JSON has them. One run for all of them."""
    command = [
        "java",
        *JAVA,
        "-jar",
        str(jar),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *options,
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2_000:]
    return json.loads(done.stdout)["messages"]
