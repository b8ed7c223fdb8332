//! A CSV file as lines with columns: in UTF-8 (also with a byte-order mark) or in the Windows code page of western Europe,
//! with commas, semicolons or tabs.

use std::{borrow::Cow, collections::BTreeMap};

use encoding_rs::WINDOWS_1252;

use super::columns::{Column, Mapping};

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum NoTable {
    #[error("the file is empty: its first line must name the columns")]
    Empty,
    #[error("the column '{column}' lacks: {hint}")]
    Lacks { column: &'static str, hint: String },
    #[error("two columns are '{0}': rename one of them")]
    Twice(&'static str),
    #[error("line {line} cannot be read: {why}")]
    Broken { line: u64, why: String },
}

/// A row of the file.
#[derive(Debug)]
pub(super) struct Line {
    /// Counted from 1, as an editor shows it.
    pub(super) number: u64,
    cells: BTreeMap<Column, String>,
}

impl Line {
    /// What stands in a column, where something does.
    pub(super) fn get(&self, column: Column) -> Option<&str> {
        self.cells.get(&column).map(String::as_str)
    }
}

pub(super) fn read(bytes: &[u8], mapping: &Mapping) -> Result<Vec<Line>, NoTable> {
    let text = decoded(bytes);
    let header = text.lines().next().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(header))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|err| broken(&err))?.clone();
    if headers.iter().all(str::is_empty) {
        return Err(NoTable::Empty);
    }
    let places = places(&headers, mapping)?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|err| broken(&err))?;
        let number = record.position().map_or(0, csv::Position::line);
        let cell = |(column, at): (&Column, &usize)| {
            let text = record.get(*at).filter(|text| !text.is_empty())?;
            Some((*column, text.to_owned()))
        };
        let cells: BTreeMap<_, _> = places.iter().filter_map(cell).collect();
        if !cells.is_empty() {
            lines.push(Line { number, cells });
        }
    }
    Ok(lines)
}

fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Spreadsheets of Windows write their own code page.
    std::str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode(bytes).0, Cow::Borrowed)
}

/// What parts the columns: what the header has most of.
fn delimiter(header: &str) -> u8 {
    let count = |mark: &u8| header.bytes().filter(|byte| byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn places(headers: &csv::StringRecord, mapping: &Mapping) -> Result<BTreeMap<Column, usize>, NoTable> {
    let mut places = BTreeMap::new();
    for column in Column::ALL {
        let mut found = headers.iter().enumerate().filter(|(_, header)| mapping.is(column, header));
        if let Some((at, _)) = found.next() {
            places.insert(column, at);
        }
        if found.next().is_some() {
            return Err(NoTable::Twice(column.name()));
        }
    }
    let lacks = |column: Column| !places.contains_key(&column);
    for column in [Column::Category, Column::FiledAt] {
        if lacks(column) {
            return Err(lacking(column, mapping));
        }
    }
    if lacks(Column::Address) && (lacks(Column::Lat) || lacks(Column::Lon)) {
        return Err(lacking(if lacks(Column::Lat) { Column::Lat } else { Column::Lon }, mapping));
    }
    Ok(places)
}

fn lacking(column: Column, mapping: &Mapping) -> NoTable {
    let hint = match mapping.columns.get(&column) {
        Some(named) => format!("no header is '{named}', as the mapping says"),
        None => format!("call it {}, or say its header with --map", column.names().join(", ")),
    };
    NoTable::Lacks { column: column.name(), hint }
}

fn broken(err: &csv::Error) -> NoTable {
    let line = err.position().map_or(1, csv::Position::line);
    NoTable::Broken { line, why: err.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn categories(bytes: &[u8]) -> Vec<String> {
        let lines = read(bytes, &Mapping::default()).unwrap();
        lines.iter().map(|line| line.get(Column::Category).unwrap().to_owned()).collect()
    }

    #[test]
    fn encodings_and_marks_are_found_out() {
        for bytes in [
            "categoría,fecha,dirección\nluz ñ,2026-01-01,x\n".as_bytes().to_vec(),
            "\u{feff}categoría;fecha;dirección\r\n\"luz ñ\";2026-01-01;\"a;b\"\r\n\r\n".as_bytes().to_vec(),
            "categoría\tfecha\tdirección\nluz ñ\t2026-01-01\tx".as_bytes().to_vec(),
            WINDOWS_1252.encode("categoría;fecha;dirección\nluz ñ;2026-01-01;x\n").0.into_owned(),
        ] {
            assert_eq!(categories(&bytes), ["luz ñ"]);
        }
    }

    #[test]
    fn what_lacks_is_named() {
        for (text, said) in [
            ("", "empty"),
            ("a,b\n1,2", "'category' lacks"),
            ("category,address\nx,y", "'filed_at' lacks"),
            ("category,fecha,lat\nx,y,z", "'lon' lacks"),
            ("category,fecha,tipo,address\na,b,c,d", "two columns are 'category'"),
        ] {
            let why = read(text.as_bytes(), &Mapping::default()).unwrap_err().to_string();
            assert!(why.contains(said), "{text}: {why}");
        }
    }
}
