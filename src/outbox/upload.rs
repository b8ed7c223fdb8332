//! Files of ours that a message names: put where the provider finds them, just before the message goes.

use bytes::Bytes;
use ventanilla_adapters::{
    Adapter, Attachment, AttachmentSource, Fault, Message, Outgoing, ReplyPath, Retry, SendError,
    capabilities,
};

use super::call;
use crate::app::App;

/// The same message, with files of ours named as the provider knows them.
pub(super) async fn uploaded(
    app: &App,
    adapter: &dyn Adapter,
    mut outgoing: Outgoing,
) -> Result<Outgoing, SendError> {
    if let Message::Media { attachment, .. } = &mut outgoing.message
        && let AttachmentSource::File(id) = &attachment.source
    {
        let id = upload(app, adapter, &outgoing.to.account, id, attachment).await?;
        attachment.source = AttachmentSource::Uploaded(id);
    }
    Ok(outgoing)
}

async fn upload(
    app: &App,
    adapter: &dyn Adapter,
    account: &str,
    id: &str,
    attachment: &Attachment,
) -> Result<String, SendError> {
    let bytes = match id.parse() {
        Ok(id) => app.media.get(id).await.ok(),
        Err(_) => None,
    };
    let bytes = Bytes::from(bytes.ok_or_else(gone)?);
    if capabilities(adapter.channel()).reply_path == ReplyPath::Pull {
        // The town's page fetches our files from us.
        return Ok(id.to_owned());
    }
    let request = adapter.upload(account, &attachment.mime, &bytes).ok_or_else(unfit)?;
    let answer = call(&app.http, request).await;
    adapter.uploaded(answer.as_ref().map_err(|failure| *failure))
}

fn gone() -> SendError {
    failure("El archivo que iba en el mensaje ya no está en el servidor.")
}

fn unfit() -> SendError {
    failure("El canal no acepta este archivo: pesa demasiado o es de un tipo que no permite.")
}

fn failure(sentence: &str) -> SendError {
    SendError { retry: Retry::Never, fault: Fault::Message, code: None, sentence: sentence.to_owned() }
}
