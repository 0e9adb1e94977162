//! What can be seen in a learner's file without building it.

/// Whether `function` still is the stub it was shipped as: its body holds a `todo!`. Such a chapter need not be
/// built for us to know that it is not done.
pub fn is_stub(source: &str, function: &str) -> bool {
    body(source, function).is_some_and(|body| code(body).any(|line| line.contains("todo!(")))
}

/// From the name of a function to the brace in the first column that ends it.
fn body<'a>(source: &'a str, function: &str) -> Option<&'a str> {
    let name = format!("fn {function}");
    let rest = source.split(&name).skip(1).find(|rest| rest.starts_with(['(', '<']))?;
    Some(rest.split_once("\n}").map_or(rest, |(body, _)| body))
}

fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: &str = "
pub async fn interleaved(net: &Net) -> u32 {
    // no more todo!() here
    help(2)
}

fn help(n: u32) -> u32 {
    todo!(\"{n}\")
}

pub fn multicore_help() {}

pub fn multicore<N: Net>(net: &N) -> u32 {
    todo!(\"start {net:?}\")
}
";

    #[test]
    fn a_function_is_a_stub_while_its_body_holds_a_todo() {
        assert!(!is_stub(HALF, "interleaved"));
        assert!(is_stub(HALF, "multicore"));
        assert!(!is_stub(HALF, "gone"));
    }

    #[test]
    fn a_file_with_windows_line_ends_is_read_the_same_way() {
        assert!(!is_stub(&HALF.replace('\n', "\r\n"), "interleaved"));
    }
}
