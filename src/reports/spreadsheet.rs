//! Lines of tables that people open in a spreadsheet: the open data and what departments take along.

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// A line of CSV (RFC 4180) with its end. What somebody wrote and a spreadsheet would run is a text in it; numbers
/// stay numbers.
pub fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    line.write_record(cells.into_iter().map(|cell| harmless(cell.as_ref()))).ok();
    String::from_utf8(line.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn harmless(cell: &str) -> String {
    let formula = cell.trim_start_matches(' ').starts_with(FORMULA) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_a_longitude_is_a_number() {
        assert_eq!(line(["=HYPERLINK(\"http://x\")"]), "\"'=HYPERLINK(\"\"http://x\"\")\"\r\n");
        assert_eq!(line(["@SUM(A1)", "+1+2", "  @x", "-91.1131"]), "'@SUM(A1),'+1+2,'  @x,-91.1131\r\n");
    }

    #[test]
    fn a_cell_keeps_its_commas_and_lines() {
        let cells = ["Calle 20, Centro", "uno\ndos", "dice \"no\"", "bache", ""];
        assert_eq!(line(cells), "\"Calle 20, Centro\",\"uno\ndos\",\"dice \"\"no\"\"\",bache,\r\n");
    }
}
