//! A table of the binding as comma-separated text.

use arrow_array::RecordBatch;
use standpunt::arrow::texts;

/// The cells as a user's own spreadsheet has them; what is missing is empty, a list in brackets.
pub fn csv(batch: standpunt::Result<RecordBatch>) -> String {
    let batch = batch.unwrap();
    let schema = batch.schema();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(schema.fields().iter().map(|field| field.name())).unwrap();
    let columns: Vec<_> = batch.columns().iter().map(|column| (column, texts(column))).collect();
    for row in 0..batch.num_rows() {
        let cell = |(column, texts): &(&arrow_array::ArrayRef, Option<arrow_array::StringArray>)| match texts {
            Some(texts) => rounded(texts.iter().nth(row).flatten().unwrap_or_default()),
            None => format!("{:?}", column.slice(row, 1)).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        writer.write_record(columns.iter().map(cell)).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    text.trim_end().to_owned()
}

/// A number to nine places: the last ones are the machine's.
fn rounded(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) if cell.contains('.') => ((number * 1e9).round() / 1e9).to_string(),
        _ => cell.to_owned(),
    }
}
