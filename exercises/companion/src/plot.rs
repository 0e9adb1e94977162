//! A plot of ratios by numbers of threads: as text for the terminal, and as a picture that is read light or dark.

/// One line of a plot.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub points: Vec<Point>,
}

/// How many times as fast on so many threads; a quarter of the rounds was below `low`, a quarter above `high`.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub threads: usize,
    pub ratio: f64,
    pub low: f64,
    pub high: f64,
}

impl Line {
    /// How many times as fast its best point is as its first, if that is more than their spread.
    pub fn gain(&self) -> Option<f64> {
        let first = self.points.first()?;
        let best = self.points.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio))?;
        (best.low > first.high).then(|| best.ratio / first.ratio)
    }

    fn at(&self, threads: usize) -> Option<&Point> {
        self.points.iter().find(|point| point.threads == threads)
    }
}

/// The numbers of threads, from left to right.
fn places(lines: &[Line]) -> Vec<usize> {
    let mut places: Vec<_> = lines.iter().flat_map(|line| &line.points).map(|point| point.threads).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// From 0 in steps of a whole number, so many that the last is above all points and there are eight at most.
#[derive(Clone, Copy)]
struct Scale {
    step: usize,
    steps: usize,
}

impl Scale {
    fn of(lines: &[Line]) -> Scale {
        let points = lines.iter().flat_map(|line| &line.points);
        let top = points.map(|point| point.ratio.max(point.high)).fold(1.0, f64::max).ceil() as usize;
        let step = top.div_ceil(8);
        Scale { step, steps: top.div_ceil(step) }
    }

    fn top(self) -> f64 {
        (self.step * self.steps) as f64
    }
}

// As text.

const MARKS: [char; 6] = ['o', 'x', '+', '*', '#', '@'];

fn mark(line: usize) -> char {
    MARKS[line % MARKS.len()]
}

/// Lines stand beside one another at each number, so that none hides another.
pub fn text(lines: &[Line]) -> String {
    let (places, scale, wide) = (places(lines), Scale::of(lines), 2 * lines.len() + 3);
    let a_step = (8 / scale.steps).max(1);
    let row = |row| text_row(lines, &places, scale, a_step, row);
    let mut rows: Vec<String> = (0..=scale.steps * a_step).rev().map(row).collect();
    let numbers: String = places.iter().map(|threads| format!("  {threads:<0$}", wide - 2)).collect();
    rows.push(format!("      n   {}", numbers.trim_end()));
    rows.push(String::new());
    rows.extend(lines.iter().enumerate().map(|(index, line)| format!("  {}  {}", mark(index), line.name)));
    rows.join("\n")
}

/// A step of the scale is so many rows high.
fn text_row(lines: &[Line], places: &[usize], scale: Scale, a_step: usize, row: usize) -> String {
    let here = |point: &&Point| (point.ratio / scale.step as f64 * a_step as f64).round() as usize == row;
    let marked = |(index, line): (usize, &Line), threads| match line.at(threads).filter(here) {
        Some(_) => format!("{} ", mark(index)),
        None => "  ".into(),
    };
    let cell = |&threads: &usize| lines.iter().enumerate().map(|line| marked(line, threads)).collect::<String>();
    let cells: String = places.iter().map(|threads| format!("  {} ", cell(threads))).collect();
    let label = if row.is_multiple_of(a_step) { format!("{} x", row / a_step * scale.step) } else { String::new() };
    format!("{label:>8} |{cells}").trim_end().into()
}

// As a picture.

const WIDE: f64 = 640.0;
const HIGH: f64 = 400.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 620.0;
const UP: f64 = 50.0;
const DOWN: f64 = 330.0;

/// Colours follow the reader's system. A line is told from another by its marks and dashes, too.
const STYLE: &str = "\
svg { background: #fff; color: #222; font: 14px sans-serif; --0: #0060a8; --1: #b04a00; --2: #00703c; --3: #7a3b9e }
@media (prefers-color-scheme: dark) {
  svg { background: #1b1b1f; color: #ddd; --0: #6cb6ff; --1: #ff9d57; --2: #5fd08f; --3: #cf9bf0 }
}
text { fill: currentColor; stroke: none }
.grid { stroke: currentColor; opacity: .2 }
.line { fill: none; stroke-width: 2 }
.spread { stroke-width: 2 }";

/// A picture with a title, and with its numbers as text for a reader who does not see it.
pub fn svg(title: &str, lines: &[Line]) -> String {
    let (title, frame) = (safe(title), Frame { places: places(lines), scale: Scale::of(lines) });
    let drawn: Vec<_> = lines.iter().enumerate().map(|(index, line)| frame.line(index, line)).collect();
    let parts = [
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDE} {HIGH}\" role=\"img\">"),
        format!("<title>{title}</title>\n<desc>{}</desc>\n<style>\n{STYLE}\n</style>", safe(&described(lines))),
        format!("<text x=\"{LEFT}\" y=\"26\" font-weight=\"bold\">{title}</text>"),
        frame.grid(),
        drawn.join("\n"),
    ];
    format!("{}\n</svg>\n", parts.join("\n"))
}

struct Frame {
    places: Vec<usize>,
    scale: Scale,
}

impl Frame {
    fn x(&self, threads: usize) -> f64 {
        let place = self.places.iter().position(|place| *place == threads).unwrap_or(0);
        LEFT + (RIGHT - LEFT) * (place as f64 + 0.5) / self.places.len() as f64
    }

    fn y(&self, ratio: f64) -> f64 {
        DOWN - (DOWN - UP) * ratio / self.scale.top()
    }

    fn grid(&self) -> String {
        let across = (0..=self.scale.steps).map(|step| step * self.scale.step).map(|ratio| {
            let y = self.y(ratio as f64);
            let label = text_at(LEFT - 8.0, y + 5.0, "end", &ratio.to_string());
            format!("<path class=\"grid\" d=\"M{LEFT} {y:.1}H{RIGHT}\"/>{label}")
        });
        let below = self.places.iter().map(|&n| text_at(self.x(n), DOWN + 22.0, "middle", &n.to_string()));
        across.chain(below).collect::<Vec<_>>().join("\n")
    }

    fn line(&self, index: usize, line: &Line) -> String {
        // A few pixels aside, so that two equal lines are seen as two.
        let at = |point: &Point| (self.x(point.threads) + 7.0 * index as f64, self.y(point.ratio));
        let path: Vec<_> = line.points.iter().map(at).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let (dashes, path) = (["none", "7 4", "2 4", "9 3 2 3"][index % 4], path.join("L"));
        let points = line.points.iter().map(|point| {
            let ((x, y), low, high) = (at(point), self.y(point.low), self.y(point.high));
            format!("<path class=\"spread\" d=\"M{x:.1} {low:.1}V{high:.1}\"/>{}", shape(index, x, y))
        });
        [
            format!("<g style=\"stroke: var(--{0}); fill: var(--{0})\">", index % 4),
            format!("<path class=\"line\" stroke-dasharray=\"{dashes}\" d=\"M{path}\"/>"),
            points.collect::<Vec<_>>().join("\n"),
            format!("{}\n</g>", key(index, &line.name)),
        ]
        .join("\n")
    }
}

/// What the mark of a line means, below the plot.
fn key(index: usize, name: &str) -> String {
    let (x, y) = (LEFT + 10.0 + 290.0 * (index % 2) as f64, DOWN + 44.0 + 18.0 * (index / 2 % 2) as f64);
    shape(index, x, y - 5.0) + &text_at(x + 14.0, y, "start", name)
}

fn shape(index: usize, x: f64, y: f64) -> String {
    match index % 4 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>"),
        1 => format!("<path d=\"M{:.1} {:.1}h10v10h-10z\"/>", x - 5.0, y - 5.0),
        2 => format!("<path d=\"M{x:.1} {:.1}l6 10h-12z\"/>", y - 6.0),
        _ => format!("<path d=\"M{x:.1} {:.1}l6 6l-6 6l-6 -6z\"/>", y - 6.0),
    }
}

fn text_at(x: f64, y: f64, anchor: &str, text: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>", safe(text))
}

fn described(lines: &[Line]) -> String {
    let point = |point: &Point| format!("{:.2} at {}", point.ratio, point.threads);
    let line = |line: &Line| format!("{}: {}", line.name, line.points.iter().map(point).collect::<Vec<_>>().join(", "));
    lines.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_lines() -> [Line; 2] {
        let point = |(threads, ratio)| Point { threads, ratio, low: ratio - 0.1, high: ratio + 0.1 };
        let line = |name: &str, points: [(usize, f64); 3]| Line { name: name.into(), points: points.map(point).into() };
        [line("yours on n", [(1, 1.0), (2, 1.9), (4, 3.5)]), line("a < b on n", [(1, 1.0), (2, 1.9), (4, 3.8)])]
    }

    #[test]
    fn equal_points_stand_beside_one_another() {
        let drawn = "     4 x |                  x
         |                o
     3 x |
         |
     2 x |         o x
         |
     1 x |  o x
         |
     0 x |
      n     1      2      4

  o  yours on n
  x  a < b on n";
        assert_eq!(text(&two_lines()), drawn);
    }

    #[test]
    fn a_picture_says_its_numbers() {
        let picture = svg("t & u", &two_lines());
        assert!(picture.contains("<desc>yours on n: 1.00 at 1, 1.90 at 2, 3.50 at 4; a &lt; b on n: "), "{picture}");
        assert!(picture.contains("<title>t &amp; u</title>") && picture.contains("prefers-color-scheme: dark"));
        assert_eq!(picture.matches("<circle").count(), 4, "three points and their key");
    }
}
