//! A specification of two files, a file that it uses, and another specification that uses it too, in an editor.

#![allow(dead_code, reason = "each test file uses a part")]

use serde_json::{Value, json};

use crate::editor::Editor;
use crate::support::Temp;

pub(crate) const SHOP: &str = "\
clientwright: 1
provider: { name: shop, title: Käsehändler 𝄞 & Söhne }
use: { platform: ../common/platform.yaml }
servers: { production: https://shop.example }
auth: { user: { scheme: bearer } }
defaults: { auth: user, errors: { default: platform.Problem } }
path: { id: CheeseId }
pagers: { records: { style: offset, offset: skip } }
methods:
  cheeses.list: { http: GET /cheeses, paginate: records, returns: list<Cheese> }
  cheeses.get: { doc: Ein Käse 𝄞., http: \"GET /cheeses/{id}\", returns: Cheese }
";

pub(crate) const MODELS: &str = "\
clientwright: 1
models:
  CheeseId: string -- On its rind.
  Cheese:
    doc: Something to eat.
    fields:
      id: CheeseId
      name?: string
";

pub(crate) const PLATFORM: &str = "\
clientwright: 1
models:
  Problem: { message: text, fields: { text?: string } }
";

pub(crate) const BAR: &str = "\
clientwright: 1
provider: { name: bar }
use: { base: ../common/platform.yaml }
servers: { production: https://bar.example }
methods:
  drinks.mix: { http: POST /drinks, returns: nothing, errors: { 409: base.Problem } }
";

pub(crate) fn files(name: &str) -> Temp {
    let temp = Temp::new(name);
    temp.put("shop/shop.yaml", SHOP)
        .put("shop/models.yaml", MODELS)
        .put("common/platform.yaml", PLATFORM)
        .put("bar/bar.yaml", BAR)
        .put("other.yaml", "services: { web: { image: x } }\n");
    temp
}

pub(crate) fn editor(name: &str) -> (Temp, Editor) {
    let temp = files(name);
    let editor = Editor::open_folder(&temp, json!({}));
    (temp, editor)
}

/// Places as `path:line:column`, from 0.
pub(crate) fn places(editor: &Editor, list: &Value) -> Vec<String> {
    let place = |it: &Value| {
        let start = &it["range"]["start"];
        let path = editor.path(it["uri"].as_str().unwrap());
        format!("{path}:{}:{}", start["line"], start["character"])
    };
    let mut places: Vec<String> = list.as_array().unwrap().iter().map(place).collect();
    places.sort();
    places
}

pub(crate) fn labels(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|it| it["label"].as_str().unwrap().to_owned()).collect()
}
