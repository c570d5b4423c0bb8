//! Figures in columns.

/// Prints rows under a heading: the first column to the left, the others to the right. Han characters take two places.
pub fn print(title: &str, rows: &[Vec<String>]) {
    println!("\n{title}");
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(number, (cell, wide))| {
            let space = " ".repeat(wide - width(cell));
            if number == 0 { format!("{cell}{space}") } else { format!("{space}{cell}") }
        });
        println!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

fn width(cell: &str) -> usize {
    cell.chars().map(|character| if character < '\u{1100}' { 1 } else { 2 }).sum()
}

/// A row of texts.
#[macro_export]
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($cell.to_string()),*] };
}
