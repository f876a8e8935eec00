//! Pages, shown and printed by a browser without a window. Nothing on them is fetched: the browser has no network.

use std::{fs, path::Path, process::Command};

use crate::files::{account, run};

/// Has the browser do something with the page; `None` where there is no browser.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn browser(home: &Path, arguments: &[&str], page: &str) -> Option<String> {
    let Some(chromium) = std::env::var_os("TEST_CHROMIUM") else {
        eprintln!("skipped: TEST_CHROMIUM is not set");
        return None;
    };
    let usual =
        ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--proxy-server=127.0.0.1:9"];
    let profile = format!("--user-data-dir={}", home.join("profile").display());
    let address = format!("file://{}", home.join(page).display());
    let ended = Command::new(chromium).args(usual).arg(profile).args(arguments).arg(address).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    Some(String::from_utf8(ended.stdout).unwrap())
}

#[test]
fn a_review_is_one_page_that_needs_nothing_else_and_prints_a_slide_a_sheet() {
    let home = account();
    let home = home.path();
    run(
        home,
        &["run", "qbr", "A-1", "--edition", "customer", "--as", "html", "--out", "files", "--as-of", "2024-12-20"],
    );
    let page = fs::read_to_string(home.join("files/A-1-qbr.html")).unwrap();
    for fetched in ["src=", "href=", "@import", "url(", "<script"] {
        assert!(!page.contains(fetched), "{fetched}");
    }
    for internal in ["score", "risk", "health", "QBR outline"] {
        assert!(!page.contains(internal), "{internal}");
    }
    let Some(shown) = browser(home, &["--dump-dom"], "files/A-1-qbr.html") else { return };
    assert!(shown.contains("Çelik &amp; Söhne GmbH"), "{shown}");
    let slides = shown.matches("<section class=\"slide").count();
    assert!(slides > 3, "{shown}");
    let printed = home.join("review.pdf");
    let print = format!("--print-to-pdf={}", printed.display());
    browser(home, &["--no-pdf-header-footer", &print], "files/A-1-qbr.html");
    let printed = fs::read(printed).unwrap();
    let sheets = printed.split(|byte| *byte == b'\n').filter(|line| line.ends_with(b"/Type /Page")).count();
    assert_eq!(sheets, slides);
}
