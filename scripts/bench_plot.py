"""Line charts as SVG, side by side, without a plotting library."""
import html
import math

WIDTH, HEIGHT = 460, 320
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 36, 44
COLOURS = ("#1f6fb2", "#d1495b", "#2e8b57", "#8f5fb0", "#c77f1a", "#3d3d3d")


def ticks(top, wanted=6):
    """Round numbers from 0 up to at least `top`: 1, 2 or 5 times a power of ten apart."""
    if top <= 0:
        return [0, 1]
    rough = top / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= rough * (1 - 1e-9))
    return [i * step for i in range(math.ceil(top / step - 1e-9) + 1)]


def label(number):
    return f"{number:g}"


class Panel:
    """One chart: `lines` maps names to lists of (x, y); names in `dashed` are drawn dashed."""

    def __init__(self, title, across, lines, dashed=()):
        self.title, self.across, self.lines, self.dashed = title, across, lines, set(dashed)

    def svg(self, offset, colour_of):
        points = [p for line in self.lines.values() for p in line]
        xs = ticks(max((x for x, _ in points), default=1))
        ys = ticks(max((y for _, y in points), default=1))

        def at(x, y):
            return (offset + LEFT + x / xs[-1] * (WIDTH - LEFT - RIGHT),
                    HEIGHT - BOTTOM - y / ys[-1] * (HEIGHT - TOP - BOTTOM))

        out = [f'<text x="{offset + WIDTH / 2}" y="20" text-anchor="middle" font-weight="bold">'
               f'{html.escape(self.title)}</text>']
        for y in ys:
            (left, height), (right, _) = at(0, y), at(xs[-1], y)
            out.append(f'<path d="M{left:.1f} {height:.1f}H{right:.1f}" stroke="#ddd"/>'
                       f'<text x="{left - 6:.1f}" y="{height + 4:.1f}" text-anchor="end">'
                       f'{label(y)}</text>')
        for x in xs:
            left, height = at(x, 0)
            out.append(f'<text x="{left:.1f}" y="{height + 16:.1f}" text-anchor="middle">'
                       f'{label(x)}</text>')
        out.append(f'<text x="{offset + WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">'
                   f'{html.escape(self.across)}</text>')
        for name, line in self.lines.items():
            path = "M" + "L".join("{:.1f} {:.1f}".format(*at(x, y)) for x, y in sorted(line))
            dash = ' stroke-dasharray="5 4"' if name in self.dashed else ""
            out.append(f'<path d="{path}" fill="none" stroke="{colour_of(name)}" '
                       f'stroke-width="2"{dash}/>')
            out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour_of(name)}"/>'
                    for x, y in (at(*p) for p in line)]
        return out


def draw(panels):
    """The text of an SVG with all panels and one legend; a line has one colour in all of them."""
    names = list(dict.fromkeys(name for p in panels for name in p.lines))
    dashed = set().union(*(p.dashed for p in panels))
    colours = {name: COLOURS[i % len(COLOURS)]
               for i, name in enumerate(n for n in names if n not in dashed)}
    # A dashed line takes the colour of the next line that is not, which is its other half.
    half = dict(zip((n for n in names if n in dashed), colours.values()))
    colours |= {name: half.get(name, COLOURS[-1]) for name in names if name in dashed}
    rows = math.ceil(len(names) / 2)
    width, height = WIDTH * len(panels), HEIGHT + 18 * rows + 8
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
           f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
           f'<rect width="{width}" height="{height}" fill="white"/>']
    for i, panel in enumerate(panels):
        out += panel.svg(i * WIDTH, colours.get)
    for i, name in enumerate(names):
        x, y = LEFT + (i % 2) * width / 2, HEIGHT + 18 * (i // 2) + 8
        dash = ' stroke-dasharray="5 4"' if name in dashed else ""
        out.append(f'<path d="M{x} {y}h28" stroke="{colours[name]}" stroke-width="2"{dash}/>'
                   f'<text x="{x + 36}" y="{y + 4}">{html.escape(name)}</text>')
    return "\n".join([*out, "</svg>", ""])
