//! A post of the editor's form, in either encoding: its fields by name, and the files that come with it.

use crate::http::body::Sender;
use attachment::MAX_BYTES;
use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use types::{AttachmentId, GivenFields};

/// The most that the fields of one post may bring: a text of five megabytes in a form's encoding, so that it can be
/// answered with the text kept.
pub const MAX_FORM_BYTES: usize = 18 * 1024 * 1024;
/// Fields of one post.
const MAX_FIELDS: usize = 200;

/// Why a post cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// More than [`MAX_FORM_BYTES`], or more fields than the form has.
    TooMuch,
    /// It ended before its end, or is in no encoding of forms.
    Broken,
}

/// A file as it was posted.
pub struct PostedFile {
    /// As the browser calls it.
    pub name: String,
    /// The content; nothing when it is too large to be held.
    pub data: Option<Vec<u8>>,
}

/// A form as it was posted.
#[derive(Default)]
pub struct Form {
    /// The text and what belongs to it, as far as the page knew.
    pub fields: GivenFields,
    /// Number of the text that the form was filled with.
    pub base_revision: u32,
    /// Chosen for this save.
    pub key: String,
    /// The button.
    pub action: String,
    /// When it is to go out.
    pub publish_at: String,
    /// Why it goes back to its author.
    pub reason: String,
    /// Number of a version.
    pub number: u32,
    /// New files.
    pub files: Vec<PostedFile>,
    /// Licence of the new files.
    pub licence: String,
    /// Licences of files that the article offers already.
    pub licences: Vec<(AttachmentId, String)>,
}

impl Form {
    /// Reads the body of a post. Files of a stranger are read to their end and not held, as nobody would take them.
    ///
    /// # Errors
    /// When it is too large or not whole.
    pub async fn read(parts: &Parts, body: Body, sender: Sender) -> Result<Self, Unreadable> {
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut form = Self::default();
        match multer::parse_boundary(kind) {
            Ok(boundary) => form.read_parts(multer::Multipart::new(body.into_data_stream(), boundary), sender).await?,
            Err(_) => {
                let body = to_bytes(body, MAX_FORM_BYTES).await.map_err(|_| Unreadable::TooMuch)?;
                for (name, value) in url::form_urlencoded::parse(&body) {
                    form.set(&name, &value);
                }
            }
        }
        Ok(form)
    }

    async fn read_parts(&mut self, mut parts: multer::Multipart<'static>, sender: Sender) -> Result<(), Unreadable> {
        let (mut bytes, mut count) = (0, 0);
        while let Some(mut part) = parts.next_field().await.map_err(|_| Unreadable::Broken)? {
            count += 1;
            if count > MAX_FIELDS {
                return Err(Unreadable::TooMuch);
            }
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let mut data = (file_name.is_none() || sender == Sender::Writer).then(Vec::new);
            while let Some(chunk) = part.chunk().await.map_err(|_| Unreadable::Broken)? {
                if file_name.is_none() {
                    bytes += chunk.len();
                    if bytes > MAX_FORM_BYTES {
                        return Err(Unreadable::TooMuch);
                    }
                }
                // A file that is too large is read to its end and not held, so that the text behind it is not lost.
                data = data.filter(|data| data.len() + chunk.len() <= MAX_BYTES.max(MAX_FORM_BYTES));
                if let Some(data) = &mut data {
                    data.extend_from_slice(&chunk);
                }
            }
            match file_name {
                // A field for files in which none was chosen.
                Some(file) if file.is_empty() => {}
                Some(_) if sender == Sender::Stranger => {}
                Some(file) => self.files.push(PostedFile { name: file, data }),
                None => self.set(&name, &String::from_utf8_lossy(&data.unwrap_or_default())),
            }
        }
        Ok(())
    }

    /// Names that are unknown are left out: nobody sets a status or an author by adding a field.
    fn set(&mut self, name: &str, value: &str) {
        if let Some(field) = self.fields.field_mut(name) {
            // Tags may come as several fields of one name.
            if name == "tags" && !field.is_empty() {
                field.push(',');
                field.push_str(value);
            } else {
                value.clone_into(field);
            }
            return;
        }
        match name {
            "base_revision" => self.base_revision = value.trim().parse().unwrap_or(u32::MAX),
            "key" => value.clone_into(&mut self.key),
            "action" => value.clone_into(&mut self.action),
            "publish_at" => value.clone_into(&mut self.publish_at),
            "reason" => value.clone_into(&mut self.reason),
            "number" => self.number = value.trim().parse().unwrap_or(0),
            "licence" => value.clone_into(&mut self.licence),
            _ => {
                if let Some(id) = name.strip_prefix("licence-").and_then(|id| id.parse().ok()) {
                    self.licences.push((AttachmentId(id), value.to_owned()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;
    use types::DraftFields;

    #[tokio::test]
    async fn files_of_a_stranger_are_read_over_and_not_held() {
        let part = |head: &str, content: &str| {
            format!("--B\r\nContent-Disposition: form-data; name={head}\r\n\r\n{content}\r\n")
        };
        let post = part("\"title\"", "前") + &part("\"file\"; filename=\"a.txt\"", "甲") + &part("\"body\"", "后");
        let post = post + "--B--\r\n";
        for (sender, files) in [(Sender::Writer, 1), (Sender::Stranger, 0)] {
            let request = Request::builder().header(CONTENT_TYPE, "multipart/form-data; boundary=B").body(()).unwrap();
            let form = Form::read(&request.into_parts().0, Body::from(post.clone()), sender).await;
            let form = form.map_err(|why| format!("{why:?}")).unwrap();
            let fields = form.fields.over(DraftFields::default());
            assert_eq!((fields.title.as_str(), fields.body.as_str()), ("前", "后"));
            assert_eq!(form.files.len(), files, "{sender:?}");
        }
    }
}
