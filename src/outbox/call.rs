//! One HTTP call to a provider.

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use ventanilla_adapters::CallFailure;

/// More than the largest file that a channel lets people send.
const MAX_ANSWER: usize = 32 * 1024 * 1024;

/// Makes the call and reads the answer whole.
///
/// # Errors
/// Tells apart a call that was surely not made from one of which nobody knows.
pub async fn call(client: &reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, CallFailure> {
    let extensions = request.extensions().clone();
    let request = reqwest::Request::try_from(request.map(reqwest::Body::from))
        .map_err(|_| CallFailure::NotConnected)?;
    let mut response = client.execute(request).await.map_err(|err| failure(&err))?;
    let mut answer = Response::builder().status(response.status());
    if let Some(headers) = answer.headers_mut() {
        headers.clone_from(response.headers());
    }
    let body = read(&mut response).await?;
    let mut answer = answer.body(body).map_err(|_| CallFailure::NoAnswer)?;
    // An adapter that needs several calls keeps its place in here.
    *answer.extensions_mut() = extensions;
    Ok(answer)
}

async fn read(response: &mut reqwest::Response) -> Result<Bytes, CallFailure> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| CallFailure::NoAnswer)? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Err(CallFailure::NoAnswer);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn failure(err: &reqwest::Error) -> CallFailure {
    if err.is_connect() || err.is_builder() { CallFailure::NotConnected } else { CallFailure::NoAnswer }
}
