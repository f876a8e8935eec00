//! Archives and workbooks.

use std::io::{Cursor, Write};

use cs_copilot::sources::table::open;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    directory,
    tables::{opened, read},
};

/// An archive of these files.
fn archive<'a>(files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with these sheets; the style 1 is that of days.
fn workbook(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const RELATIONS: &str = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let (mut names, mut targets, mut files) = (String::new(), String::new(), Vec::new());
    for (at, (name, state, rows)) in sheets.iter().enumerate() {
        let id = at + 1;
        names += &format!("<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"rId{id}\"/>");
        targets +=
            &format!("<Relationship Id=\"rId{id}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>");
        let (rows, behind) = rows.split_once("<mergeCells").unwrap_or((rows, ""));
        let merged = if behind.is_empty() { String::new() } else { format!("<mergeCells{behind}") };
        let sheet = format!("<worksheet {MAIN}><sheetData>{rows}</sheetData>{merged}</worksheet>");
        files.push((format!("xl/worksheets/sheet{id}.xml"), sheet));
    }
    let styles = format!("<Relationship Id=\"rId99\" Type=\"{LINKS}/styles\" Target=\"styles.xml\"/>");
    let whole = [
        (
            "_rels/.rels",
            format!(
                "<Relationships {RELATIONS}><Relationship Id=\"rId1\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        ("xl/workbook.xml", format!("<workbook {MAIN} xmlns:r=\"{LINKS}\"><sheets>{names}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships {RELATIONS}>{targets}{styles}</Relationships>")),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet {MAIN}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    let files =
        files.iter().map(|(name, text)| (name.as_str(), text)).chain(whole.iter().map(|(name, text)| (*name, text)));
    archive(files.map(|(name, text)| (name, text.clone().into_bytes())))
}

fn text(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn every_sheet_is_a_table_with_days_as_days_and_ids_as_they_are() {
    let header = format!(
        "<row r=\"3\">{}{}{}{}</row>",
        text("A3", "Id"),
        text("B3", "Name"),
        text("C3", "Renewal"),
        text("D3", "ARR")
    );
    let row = format!(
        "<row r=\"4\">{}{}<c r=\"C4\" s=\"1\"><v>46380</v></c><c r=\"D4\"><v>1234.5</v></c></row>",
        text("A4", "00042"),
        text("B4", "Acme\nCorp")
    );
    let after = "<row r=\"7\"><c r=\"A7\"><v>17840000137</v></c><c r=\"C7\" t=\"e\"><v>#N/A</v></c><c r=\"D7\"><v>1.234</v></c></row>";
    let title = format!("<row r=\"1\">{}</row>", text("A1", "Renewals"));
    let sheet = format!("{title}{header}{row}{after}");
    let other = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>1</v></c></row>",
        text("A1", "Id"),
        text("B1", "Auto")
    );
    let file = workbook(&[
        ("Q4", "visible", &sheet),
        ("Empty", "visible", ""),
        ("Old", "hidden", &other),
        ("More", "visible", &other),
    ]);
    let (_dir, opened) = opened(&[("book.xlsx", &file)]);
    let places = opened.tables.iter().map(|table| table.place.to_string()).collect::<Vec<_>>();
    assert_eq!(places, ["book.xlsx, sheet Q4", "book.xlsx, sheet More"]);
    let (rows, notes) = read(&opened.tables[0]);
    let expected = [
        (4, ["00042", "Acme Corp", "2026-12-24", "1234.5"].map(str::to_owned).to_vec()),
        (7, ["17840000137", "", "#N/A", "1.2340"].map(str::to_owned).to_vec()),
    ];
    assert_eq!(rows, expected);
    assert_eq!(notes, ["left out 1 line above the header, \"Renewals\""]);
    assert_eq!(read(&opened.tables[1]).0[0].1, ["1", "TRUE"]);
    let unused = opened.unused.iter().map(|unused| format!("{} {}", unused.place, unused.why)).collect::<Vec<_>>();
    assert_eq!(
        unused,
        [
            "book.xlsx, sheet Empty is empty",
            "book.xlsx, sheet Old is hidden: show it in Excel and save it, if it is to be read"
        ]
    );
}

#[test]
fn a_cell_that_was_merged_over_rows_is_that_of_all_of_them() {
    let row = |at: u32, cells: &[(&str, &str)]| {
        let cells = cells.iter().map(|(column, says)| text(&format!("{column}{at}"), says)).collect::<String>();
        format!("<row r=\"{at}\">{cells}</row>")
    };
    let sheet = [
        row(1, &[("A", "Customer"), ("B", "Contract")]),
        row(2, &[("A", "Acme"), ("B", "K-1")]),
        row(3, &[("B", "K-2")]),
        row(4, &[("A", "Bolt"), ("B", "K-3")]),
        row(5, &[("B", "K-4")]),
        "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>".to_owned(),
    ];
    let (_dir, opened) = opened(&[("book.xlsx", &workbook(&[("Q4", "visible", &sheet.concat())]))]);
    let rows = read(&opened.tables[0]).0.into_iter().map(|(_, cells)| cells.join(" ")).collect::<Vec<_>>();
    assert_eq!(rows, ["Acme K-1", "Acme K-2", "Bolt K-3", " K-4"]);
}

#[test]
fn rows_that_a_filter_hides_are_read_and_told() {
    let row =
        |at: u32, hides: &str, says: &str| format!("<row r=\"{at}\"{hides}>{}</row>", text(&format!("A{at}"), says));
    let rows =
        [row(1, "", "Id"), row(2, " hidden=\"1\" spans=\"1:1\"", "A-1"), row(3, " spans=\"1:1\"", "hidden=\"1\"")];
    let (_dir, opened) = opened(&[("book.xlsx", &workbook(&[("Q4", "visible", &rows.concat())]))]);
    let told = opened.tables[0].notes.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(told, ["1 row of the workbook that Excel hides, as a filter does: they are read like all others"]);
    assert_eq!(read(&opened.tables[0]).0.len(), 2);
}

#[test]
fn a_number_that_a_workbook_has_rounded_is_no_id() {
    let sheet = format!(
        "<row r=\"1\">{}</row><row r=\"2\"><c r=\"A2\"><v>1234567890123456789</v></c></row>\
         <row r=\"3\"><c r=\"A3\"><v>123456789012345</v></c></row>",
        text("A1", "Id")
    );
    let (_dir, opened) = opened(&[("book.xlsx", &workbook(&[("Q4", "visible", &sheet)]))]);
    let rows = read(&opened.tables[0]).0.into_iter().map(|(_, cells)| cells.join(" ")).collect::<Vec<_>>();
    assert_eq!(rows, ["1.2345678901234568E+18", "123456789012345"]);
}

#[test]
fn the_files_of_an_archive_are_read_with_its_name_before_theirs() {
    let inner = archive([("x.csv", b"id,name\n1,a\n".to_vec())]);
    let sheet = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row>",
        text("A1", "Id"),
        text("B1", "Name"),
        text("A2", "1"),
        text("B2", "Acme")
    );
    let file = archive([
        ("export/companies.csv", b"id,name\n1,Acme\n".to_vec()),
        ("__MACOSX/export/._companies.csv", b"x".to_vec()),
        ("export/read me.md", b"x".to_vec()),
        ("inner.zip", inner),
        ("book.xlsx", workbook(&[("Q4", "visible", &sheet)])),
    ]);
    let (_dir, opened) = opened(&[("export.zip", &file)]);
    let places = opened.tables.iter().map(|table| table.place.to_string()).collect::<Vec<_>>();
    assert_eq!(places, ["export.zip/export/companies.csv", "export.zip/book.xlsx, sheet Q4"]);
    assert_eq!(read(&opened.tables[0]).0[0].1, ["1", "Acme"]);
    let unused = opened.unused.iter().map(|unused| format!("{} {}", unused.place, unused.why)).collect::<Vec<_>>();
    assert_eq!(
        unused,
        [
            "export.zip/export/read me.md is not a CSV, Excel or ZIP file",
            "export.zip/inner.zip is an archive in an archive: unpack it first"
        ]
    );
}

#[test]
fn an_archive_that_unpacks_to_too_much_or_is_broken_is_refused() {
    let blank = archive([("xl/workbook.xml", vec![b' '; 30 * 1024 * 1024])]);
    let mut blank = ZipArchive::new(Cursor::new(blank)).unwrap();
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    bomb.raw_copy_file(blank.by_index(0).unwrap()).unwrap();
    for at in 0..9 {
        bomb.raw_copy_file_rename(blank.by_index(0).unwrap(), format!("xl/{at}.xml")).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1024 * 1024);
    let dir = directory(&[("bomb.xlsx", &bomb)]);
    let told = |dir: &tempfile::TempDir| open(&[dir.path().to_owned()]).unwrap_err().to_string();
    assert!(told(&dir).ends_with("bomb.xlsx: unpacks to more than 256 MB: save its sheets as CSV"), "{}", told(&dir));

    let names = (0..501).map(|at| format!("{at}.md")).collect::<Vec<_>>();
    let many = archive(names.iter().map(|name| (name.as_str(), Vec::new())));
    let dir = directory(&[("many.zip", &many)]);
    assert!(told(&dir).ends_with("many.zip: holds 501 files; at most 500 are read"), "{}", told(&dir));

    let dir = directory(&[("cut.zip", &bomb[..1000])]);
    assert!(told(&dir).contains("cut.zip: is a broken archive or workbook"), "{}", told(&dir));
}

#[test]
fn a_formula_whose_result_is_not_in_the_workbook_is_told() {
    let sheet = format!(
        "<row r=\"1\">{}</row><row r=\"2\"><c r=\"A2\"><f>1000*12</f><v></v></c></row>\
         <row r=\"3\"><c r=\"A3\"><f>1000*12</f><v>12000</v></c></row>\
         <row r=\"4\"><c r=\"A4\" t=\"str\"><f>\"\"</f><v></v></c></row><row r=\"5\"><c r=\"A5\"><f>1*1</f></c></row>",
        text("A1", "ARR")
    );
    let (_dir, opened) = opened(&[("book.xlsx", &workbook(&[("Q4", "visible", &sheet)]))]);
    let told = opened.tables[0].notes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let expected = "formulas in 2 cells of the workbook have no result there and count as empty: open it in Excel, save it, and \
                    import it again";
    assert_eq!(told, [expected]);
}
