//! One run reports independent faults and keeps what stands between them.

use super::{outline, places, read};

fn rest(text: &str) -> (String, String) {
    let (parsed, report) = read(text);
    assert!(!parsed.complete);
    (places(&report), parsed.node.map(|n| outline(&n)).unwrap_or_default())
}

#[test]
fn several_faults_in_one_run() {
    let text = "\
clientwright: 1
doc: First: fault
models:
  A:
    fields:
      id:string
      name: string
   B: {}
  C: [x, y
  D: \"open
methods:
  m.a:
    http: GET /a
    returns: A
  m.b:
    doc: 'it's'
    http: GET /b
";
    let (found, tree) = rest(text);
    assert_eq!(found, "E0106 2:11, E0122 6:7, E0103 8:4, E0105 9:6, E0104 10:6, E0123 16:14");
    assert_eq!(
        tree,
        "{clientwright: \"1\", models: {A: {fields: {name: \"string\"}}}, \
         methods: {m.a: {http: \"GET /a\", returns: \"A\"}, m.b: {http: \"GET /b\"}}}"
    );
}

#[test]
fn an_entry_whose_value_is_unread_is_absent() {
    let (found, tree) = rest("a:\n  b: x: y\nc:\nd:\n  # why\n  - e: f: g\n");
    assert_eq!(found, "E0106 2:7, E0106 6:9");
    assert_eq!(tree, "{c: null}");
}

#[test]
fn a_faulty_flow_collection_goes_as_a_whole() {
    let (found, tree) = rest("a: { b: 1,\n  c: d: e,\n}\nf: {\n  g: \"x\" y\n}\nh: 1\n");
    assert_eq!(found, "E0106 2:7, E0123 5:10");
    assert_eq!(tree, "{h: \"1\"}");
}

#[test]
fn items_below_a_faulty_key_go_with_it() {
    let (found, tree) = rest("a: b: c\n- d\n- e\nf:\n- g: h: i\n  j: k\n- l\n");
    assert_eq!(found, "E0106 1:5, E0106 5:7");
    assert_eq!(tree, "{f: [\"l\"]}");
}

#[test]
fn a_file_indented_with_tabs_is_one_fault() {
    let text = "a:\n\tb:\n\t\tc: 1\n\t\td: x: y\n\te: 2\n";
    let (found, tree) = rest(text);
    assert_eq!(found, "E0102 2:1, E0106 4:7");
    assert_eq!(tree, "{a: {b: {c: \"1\"}, e: \"2\"}}");
}

#[test]
fn findings_beside_a_fault_are_kept_once() {
    let (found, _) = rest("a: &x 1\na: 2\nb: c: d\ne: !t f\n");
    assert_eq!(found, "E0111 1:4, E0107 2:1, E0106 3:5, E0114 4:4");
}

#[test]
fn many_faults_end() {
    let text = (0..40).map(|n| format!("k{n}: a: b\n")).collect::<String>();
    let (parsed, report) = read(&text);
    assert_eq!(report.diagnostics.len(), 22);
    assert!(places(&report).ends_with("E0106 21:7, E0125 21:7"), "{}", places(&report));
    assert!(parsed.node.is_none() && !parsed.complete);
}
