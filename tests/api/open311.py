"""Open311 as an OpenAPI description, for schemathesis: what may be sent, and much that may not."""

TEXT = {"type": "string"}
FORMATS = {"type": "string", "enum": ["xml", "json"]}
MIMES = ["text/xml; charset=utf-8", "application/json; charset=utf-8"]

REQUESTS = ["service_request_id", "service_code", "start_date", "end_date", "status", "updated_after", "updated_before"]
FILING = ["lat", "long", "address_string", "address_id", "attribute[size]", "attribute[size][]", "email", "device_id"]
FILING += ["service_code", "first_name", "last_name", "phone", "description", "media_url", "account_id"]
UPDATE = ["service_request_id", "update_id", "updated_datetime", "status", "description", "media_url", "expected_datetime"]


def operation(path: list[str], query: list[str], form: list[str], statuses: list[int]) -> dict:
    parameters = [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in path]
    parameters.append({"name": "format", "in": "path", "required": True, "schema": FORMATS})
    parameters += [{"name": name, "in": "query", "schema": TEXT} for name in ["jurisdiction_id", *query]]
    answer = {"description": "answered", "content": {mime: {} for mime in MIMES}}
    described = {"parameters": parameters, "responses": {str(status): answer for status in statuses}}
    if form:
        fields = {name: TEXT for name in form}
        kinds = ["application/x-www-form-urlencoded", "multipart/form-data"]
        schema = {"schema": {"type": "object", "properties": fields}}
        described["requestBody"] = {"content": {kind: schema for kind in kinds}}
    return described


def description() -> dict:
    read = [200, 400, 404, 406]
    write = [*read, 403]
    get = {
        "/discovery.{format}": operation([], [], [], read),
        "/v2/services.{format}": operation([], [], [], read),
        "/v2/services/{code}.{format}": operation(["code"], [], [], read),
        "/v2/requests.{format}": operation([], [*REQUESTS, "page", "page_size", "extensions"], [], read),
        "/v2/requests/{id}.{format}": operation(["id"], ["extensions"], [], read),
        "/v2/tokens/{token}.{format}": operation(["token"], [], [], read),
        "/v2/servicerequestupdates.{format}": operation([], ["start_date", "end_date"], [], read),
    }
    post = {
        "/v2/requests.{format}": operation([], [], FILING, write),
        "/v2/servicerequestupdates.{format}": operation([], [], UPDATE, write),
    }
    paths = {f"/open311{path}": {"get": operation} for path, operation in get.items()}
    for path, operation_ in post.items():
        paths[f"/open311{path}"]["post"] = operation_
    return {"openapi": "3.0.3", "info": {"title": "Open311", "version": "2"}, "paths": paths}
