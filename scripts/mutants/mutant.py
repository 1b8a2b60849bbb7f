"""What a mutant is."""
import re
from dataclasses import dataclass


def pattern(old):
    """Matches a text however its lines are broken: white space counts, its amount does not."""
    return re.compile(r"\s+".join(re.escape(word) for word in old.split()))


@dataclass(frozen=True)
class Mutant:
    """One fault: pieces of text of one header, each of which is there once, and what replaces
    them. The probe that is likely to notice is tried first."""
    name: str
    file: str  # below include/tapeless
    breaks: str
    edits: tuple  # of (old, new)
    probe: str = "layers"

    def problem(self, text):
        """Why the mutant cannot be made of the text of its header; None if it can."""
        for old, new in self.edits:
            found = len(pattern(old).findall(text))
            if found != 1 or old == new:
                return f"{self.name}: mutant is out of date: {found} times in " \
                       f"{self.file}: {old.strip().splitlines()[0]}"
        return None

    def apply(self, text):
        for old, new in self.edits:
            text = pattern(old).sub(lambda _, new=new: new, text)
        return text


def mutant(name, file, breaks, old, new, probe="layers", also=()):
    """A mutant of one edit, or of some more."""
    return Mutant(name, file, breaks, ((old, new), *also), probe)
