# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 -m isssim plot: charts of a file, one below the other, in a picture."""
from __future__ import annotations

import argparse
import pathlib
import sys
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, NoReturn, Optional, Sequence, Tuple

from ..errors import FormatError, no_such
from ..reading import open as open_result
from ..runs import Run
from ..studies import Study
from . import style
from .at_ports import ports
from .differences import comparison
from .drivers import tornado
from .headcount import crew_aboard
from .spread import distribution
from .stays import crew
from .stocks import OF_STOCKS, fans, stocks
from .trouble import failures, slips

USAGE_MISTAKE = 64
BAD_DATA = 65
NO_FILE = 66
CANT_WRITE = 73

PANELS: Dict[str, Tuple[Callable[..., Any], str, str]] = {
    "ports": (ports, "run", "which vehicle was at which port"),
    "crew": (crew, "run", "who was aboard, and in which vehicle each had a seat home"),
    "aboard": (crew_aboard, "run study", "how many were aboard, and without a seat"),
    "stocks": (stocks, "run study", "stocks; stocks:food one with its thresholds"),
    "failures": (failures, "run", "failures, repairs and outages"),
    "slips": (slips, "run study", "how late launches were, what was out of use"),
    "fans": (fans, "study", "a series over time: fans:crew"),
    "distribution": (distribution, "study", "a metric: distribution:longest_stay_d"),
    "comparison": (comparison, "study", "what differs from --with; comparison:METRIC"),
    "tornado": (tornado, "study sweep", "what tornado:METRIC depends on"),
}
_OF_TIME = {"ports", "crew", "aboard", "stocks", "failures", "slips", "fans"}
_FORMATS = (".png", ".svg", ".pdf")


class _Mistake(Exception):
    """Something in the arguments that can't be done."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Mistake(f"{message} (see python3 -m isssim plot --help)")


@dataclass
class Panel:
    """One chart of a picture: which, of what."""

    name: str
    of: Optional[str] = None


def _parser() -> argparse.ArgumentParser:
    panels = "\n".join(f"  {name:13} {what}" for name, (_, _, what) in PANELS.items())
    parser = _Parser(
        prog="python3 -m isssim plot",
        description="Draws charts of a run or a study, one below the other.",
        epilog=f"charts, in the order in which they are given:\n{panels}\n\n"
        "Without one: crew, ports and aboard of a run, aboard and slips of a study.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="a file of isssim run or isssim mc")
    parser.add_argument("panels", nargs="*", metavar="chart", help="see below")
    parser.add_argument("-o", "--output", metavar="PICTURE",
                        help="where to; .png, .svg or .pdf (FILE.png if not given)")
    parser.add_argument("--with", dest="other", metavar="FILE",
                        help="another study, to compare with")
    parser.add_argument("--names", metavar="A,B", default="first,second",
                        help="what to call the two studies")
    parser.add_argument("--mission", type=int, metavar="N",
                        help="of a study: draw trace N over stocks and fans")
    parser.add_argument("--from", dest="start", metavar="DATE", help="begin later")
    parser.add_argument("--to", dest="end", metavar="DATE", help="end earlier")
    parser.add_argument("--width", type=float, default=style.WIDTH, metavar="INCHES",
                        help="width of the picture (%(default)s)")
    parser.add_argument("--dpi", type=float, default=150.0, metavar="N",
                        help="dots per inch of a .png (%(default)g)")
    parser.add_argument("--title", help="another title; \"\" for none")
    return parser


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Draw the picture that the arguments ask for; the program's exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        What stands after `plot`; the process's own if not given.
    """
    try:
        arguments = _parser().parse_args(sys.argv[1:] if argv is None else list(argv))
        output = _output(arguments)
        with open_result(arguments.file) as result:
            other = open_result(arguments.other) if arguments.other else None
            try:
                figure = picture(result, _panels(arguments.panels, result), arguments,
                                 other)
            finally:
                if other is not None:
                    other.close()
    except SystemExit as end:  # --help
        return int(end.code or 0)
    except FileNotFoundError as error:
        return _fail(f"{error.filename}: {error.strerror}", NO_FILE)
    except FormatError as error:
        return _fail(str(error), BAD_DATA)
    except OSError as error:
        return _fail(str(error), BAD_DATA)
    except (_Mistake, LookupError, ValueError) as error:
        return _fail(str(error), USAGE_MISTAKE)
    try:
        save(figure, output, arguments.dpi)
    except OSError as error:
        return _fail(f"{output}: {error.strerror or error}", CANT_WRITE)
    print(output)
    return 0


def _fail(message: str, code: int) -> int:
    print(f"isssim: {message}", file=sys.stderr)
    return code


def _output(arguments: Any) -> pathlib.Path:
    if not 1 <= arguments.width <= 50:
        raise _Mistake("--width is from 1 to 50 inches")
    if not 20 <= arguments.dpi <= 1200:
        raise _Mistake("--dpi is from 20 to 1200")
    if arguments.output is None:
        return pathlib.Path(pathlib.Path(arguments.file).name).with_suffix(".png")
    output = pathlib.Path(arguments.output)
    if output.suffix.lower() not in _FORMATS:
        raise _Mistake(f"{output}: a picture's name ends in {', '.join(_FORMATS)}")
    return output


def _panels(names: Sequence[str], result: Any) -> List[Panel]:
    """The charts that are asked for, as far as a file of this kind has them."""
    kind = "run" if isinstance(result, Run) else (
        "study" if isinstance(result, Study) else "sweep")
    if not names:
        names = {"run": ["crew", "ports", "aboard"], "study": ["aboard", "slips"]}.get(
            kind, [])
        if not names:
            raise _Mistake("of a sweep there is tornado:METRIC")
    panels = []
    for text in names:
        name, _, of = text.partition(":")
        if name not in PANELS:
            raise no_such("chart", name, PANELS)
        if kind not in PANELS[name][1].split():
            raise _Mistake(f"{name} is of a {' or a '.join(PANELS[name][1].split())}; "
                           f"{result.path.name} is a {kind}")
        if name in ("ports", "crew", "aboard", "failures", "slips") and of:
            raise _Mistake(f"{name} takes no name: {text}")
        if name in ("distribution", "tornado") and not of:
            raise _Mistake(f"{name} needs a metric, as in {name}:crew_mean")
        panels.extend(_expanded(Panel(name, of or None), result, kind))
    return panels


def _expanded(panel: Panel, result: Any, kind: str) -> List[Panel]:
    """Of a study, stocks and fans without a name mean one chart a series."""
    if kind != "study" or panel.of is not None or panel.name not in ("stocks", "fans"):
        return [panel]
    series = [str(s) for s in result.fans["series"].values]
    if panel.name == "stocks":
        series = [s for s in series if s.startswith(OF_STOCKS)]
    return [Panel("fans", s) for s in series[:8]] or [panel]


def _draw(panel: Panel, ax: Any, result: Any, arguments: Any, other: Any) -> None:
    function = PANELS[panel.name][0]
    options: Dict[str, Any] = {"ax": ax}
    values: List[Any] = [result]
    if panel.name in _OF_TIME:
        options.update(start=arguments.start, end=arguments.end)
    if panel.name == "comparison":
        if not isinstance(other, Study):
            raise _Mistake("comparison needs --with another study")
        names = arguments.names.split(",")
        if len(names) != 2:
            raise _Mistake("--names takes two names with a comma between them")
        values.append(other)
        options["names"] = (names[0], names[1])
    if panel.of is not None:
        values.append(panel.of)
    if arguments.mission is not None and panel.name in ("stocks", "fans"):
        traces = result.traces
        if arguments.mission not in traces:
            raise no_such("trace", arguments.mission, [str(t) for t in traces])
        options["run"] = traces[arguments.mission]
    function(*values, **options)


# ---- layout --------------------------------------------------------------------------
#
# Heights follow from what the charts hold, so that rows are as high in a chart of five
# as in one of fifty; margins follow from the labels, so that the charts' axes of time
# stand exactly above one another.

_TOP, _BOTTOM, _BETWEEN = 0.12, 0.1, 0.16


def picture(
    result: Any, panels: Sequence[Panel], arguments: Any, other: Any = None
) -> Any:
    """A figure with the charts below one another; those of time share their axis."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with style.look():
        figure = Figure(figsize=(arguments.width, 4.0))
        FigureCanvasAgg(figure)
        charts = []
        for index, panel in enumerate(panels):
            ax = figure.add_axes([0.15, 0.1, 0.7, 0.8], label=str(index))
            _draw(panel, ax, result, arguments, other)
            charts.append(ax)
        for upper, lower, a, b in zip(charts, charts[1:], panels, panels[1:]):
            if {a.name, b.name} <= _OF_TIME and _same_time(upper, lower):
                upper.tick_params(axis="x", labelbottom=False)
                upper.xaxis.get_offset_text().set_visible(False)
        title = arguments.title if arguments.title is not None else result.title
        _lay_out(figure, charts, panels, title, _where_from(result))
    return figure


def _same_time(upper: Any, lower: Any) -> bool:
    return bool(upper.get_xlim() == lower.get_xlim())


def _where_from(result: Any) -> str:
    if isinstance(result, Run):
        what = f"mission {result.replication}"
    elif isinstance(result, Study):
        what = f"{len(result.table('replications', ['replication'])):,} missions"
    else:
        what = "sweep"
    return f"{what} · seed {result.seed} · {result.path.name}"


def _lay_out(figure: Any, charts: Sequence[Any], panels: Sequence[Panel], title: str,
             where_from: str) -> None:
    width = figure.get_figwidth()
    heights = [_axes_height(ax, PANELS[p.name][0]) for ax, p in zip(charts, panels)]
    head = _TOP + (0.36 if title else 0.16)
    # Thrice: margins decide how wide charts are, and that how many dates they show and
    # how many lines their legends take.
    for _ in range(3):
        for ax in charts:
            style.fit_heading(ax)
        around = [_overhang(ax, figure) for ax in charts]
        of_time = [a for a, p in zip(around, panels) if p.name in _OF_TIME]
        total = head + sum(heights) + sum(a[1] + a[3] for a in around)
        total += _BETWEEN * (len(charts) - 1) + _BOTTOM
        figure.set_figheight(total)
        y = total - head
        for ax, panel, height, mine in zip(charts, panels, heights, around):
            _, below, _, above = mine
            alike = of_time if panel.name in _OF_TIME else [mine]
            left = max(a[0] for a in alike) + 0.08
            right = max(a[2] for a in alike) + 0.08
            y -= above + height
            ax.set_position([left / width, y / total,
                             max(width - left - right, 0.5) / width, height / total])
            y -= below + _BETWEEN
    total = figure.get_figheight()
    if title:
        figure.text(0.08 / width, 1 - _TOP / total, title, fontsize=10, weight="bold",
                    va="top")
    figure.text(0.08 / width, 1 - (_TOP + (0.2 if title else 0.0)) / total, where_from,
                fontsize=6.5, color="#666666", va="top")


def _axes_height(ax: Any, function: Any) -> float:
    """How high the chart itself is, in inches, without title, legend and dates."""
    if style.is_empty(ax):
        return 0.4
    if ax.yaxis_inverted():
        bottom, top = ax.get_ylim()
        return float(bottom - top) * style.ROW
    return float(function.inches) - 0.75


def _overhang(ax: Any, figure: Any) -> Tuple[float, float, float, float]:
    """How far labels, title and legend reach beyond the axes, in inches: left, below,
    right, above."""
    renderer = figure.canvas.get_renderer()
    inside, outside = ax.get_window_extent(renderer), ax.get_tightbbox(renderer)
    dots = figure.dpi
    return (max(inside.x0 - outside.x0, 0.0) / dots,
            max(inside.y0 - outside.y0, 0.0) / dots,
            max(outside.x1 - inside.x1, 0.0) / dots,
            max(outside.y1 - inside.y1, 0.0) / dots)


def save(figure: Any, output: pathlib.Path, dpi: float) -> None:
    """Write a figure; the same picture gives the same bytes.

    A .png has 256 colours: charts need no more, and are a third as large.
    """
    import matplotlib

    with style.look(), matplotlib.rc_context({"svg.hashsalt": "isssim"}):
        if output.suffix.lower() == ".png":
            _save_png(figure, output, dpi)
        else:
            key = {".svg": "Date", ".pdf": "CreationDate"}[output.suffix.lower()]
            figure.savefig(output, metadata={key: None})


def _save_png(figure: Any, output: pathlib.Path, dpi: float) -> None:
    import io

    from PIL import Image  # type: ignore

    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=dpi)
    drawn.seek(0)
    picture = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(output, optimize=True, dpi=(dpi, dpi))
