// SPDX-License-Identifier: Apache-2.0

#include "CSimdjson.h"

#include <simdjson.h>

#include <new>
#include <optional>
#include <string>
#include <string_view>

#include "Tolerance.hpp"

using simdjson::dom::element;
using simdjson::dom::object;

/// A value, if there is one.
using Found = std::optional<element>;

namespace {

/// Deep enough for any tool schema, shallow enough for any stack.
constexpr size_t deepest = 128;

/// A parser that grew for a large report is given back its memory beyond this.
constexpr size_t keptCapacity = 1 << 20;

struct Reader {
    simdjson::dom::parser parser;
    std::string toolNames;
};

sb_json_result result(simdjson::error_code error) {
    switch (error) {
    case simdjson::SUCCESS: return SB_JSON_OK;
    case simdjson::EMPTY: return SB_JSON_EMPTY;
    case simdjson::UTF8_ERROR: return SB_JSON_NOT_UTF8;
    case simdjson::DEPTH_ERROR: return SB_JSON_TOO_DEEP;
    case simdjson::MEMALLOC: return SB_JSON_NO_MEMORY;
    default: return SB_JSON_MALFORMED;
    }
}

sb_slice text(Found value) {
    std::string_view view;
    if (!value || value->get(view) != simdjson::SUCCESS) { return {nullptr, 0}; }
    return {view.data() == nullptr ? "" : view.data(), view.size()};
}

int64_t wholeSeconds(const element &value) {
    double seconds = 0;
    if (value.get(seconds) != simdjson::SUCCESS) { return -1; }
    return seconds >= 0 && seconds < 1e9 ? static_cast<int64_t>(seconds) : -1;
}

/// The value of a key; the last of equal keys counts, as in the platform's own JavaScript.
Found member(Found value, std::string_view wanted) {
    object members;
    Found found;
    if (!value || value->get(members) != simdjson::SUCCESS) { return found; }
    for (auto [key, field] : members) {
        if (key == wanted) { found = field; }
    }
    return found;
}

void readCall(const element &call, sb_webhook &webhook) {
    webhook.call_id = text(member(call, "id"));
    webhook.call_type = text(member(call, "type"));
    webhook.call_status = text(member(call, "status"));
}

void readCalled(const element &line, sb_webhook &webhook) {
    webhook.called_number = text(member(line, "number"));
    webhook.called_name = text(member(line, "name"));
}

void readAssistant(const element &assistant, sb_webhook &webhook) {
    webhook.has_assistant = assistant.is_object();
    webhook.decision = text(member(member(member(assistant, "metadata"), "switchboard"), "decision"));
}

/// Joins the names by line feeds; one inside a name becomes a space.
void readTools(const element &list, sb_webhook &webhook, std::string &names) {
    names.clear();
    simdjson::dom::array tools;
    if (list.get(tools) == simdjson::SUCCESS) {
        for (element tool : tools) {
            sb_slice name = text(member(member(tool, "function"), "name"));
            if (name.bytes == nullptr) { continue; }
            if (!names.empty()) { names += '\n'; }
            for (char character : std::string_view(name.bytes, name.count)) { names += character == '\n' ? ' ' : character; }
        }
    }
    webhook.tool_names = {names.data(), names.size()};
}

/// A later one of two equal keys overwrites all that the earlier one said.
void readMessage(const object &message, sb_webhook &webhook, std::string &toolNames) {
    for (auto [key, field] : message) {
        if (key == "type") { webhook.type = text(field); }
        else if (key == "call") { readCall(field, webhook); }
        else if (key == "phone_number") { readCalled(field, webhook); }
        else if (key == "phoneNumber") { webhook.camel_case = true; readCalled(field, webhook); }
        else if (key == "customer") { webhook.caller_number = text(member(field, "number")); }
        else if (key == "assistant") { readAssistant(field, webhook); }
        else if (key == "error") { webhook.error = text(field); }
        else if (key == "summary") { webhook.summary = text(field); }
        else if (key == "end_reason" || key == "endReason") { webhook.end_reason = text(field); }
        else if (key == "duration_seconds" || key == "durationSeconds") {
            webhook.duration_seconds = wholeSeconds(field);
        } else if (key == "tool_call_list" || key == "toolCallList") { readTools(field, webhook, toolNames); }
    }
}

sb_webhook nothing() {
    sb_webhook webhook{};
    webhook.duration_seconds = -1;
    return webhook;
}

simdjson::error_code parse(Reader &reader, const uint8_t *bytes, size_t count, element &document) {
    simdjson::dom::parser &parser = reader.parser;
    if (parser.capacity() < count || parser.capacity() > keptCapacity) {
        auto error = parser.allocate(count < 4096 ? 4096 : count, deepest);
        if (error) { return error; }
    }
    return parser.parse(bytes, count, true).get(document);
}

sb_json_result readWebhook(const uint8_t *bytes, size_t count, sb_webhook *webhook) {
    static thread_local Reader reader;
    if (count == 0) { return SB_JSON_EMPTY; }
    // simdjson may skip a byte order mark; RFC 8259, section 8.1, lets a reader refuse it, as the platform expects.
    if (count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) { return SB_JSON_MALFORMED; }
    element document;
    auto error = parse(reader, bytes, count, document);
    std::string tolerated;
    if (switchboard::mayBeTolerated(error)) {
        tolerated.assign(reinterpret_cast<const char *>(bytes), count);
        switchboard::tolerate(tolerated);
        error = parse(reader, reinterpret_cast<const uint8_t *>(tolerated.data()), count, document);
    }
    if (error) { return result(error); }
    object root, message;
    if (document.get(root) != simdjson::SUCCESS) { return SB_JSON_OK; }
    for (auto [key, field] : root) {
        if (key != "message") { continue; }
        *webhook = nothing();
        if (field.get(message) == simdjson::SUCCESS) { readMessage(message, *webhook, reader.toolNames); }
    }
    return SB_JSON_OK;
}

}  // namespace

sb_json_result sb_read_webhook(const uint8_t *bytes, size_t count, sb_webhook *webhook) noexcept {
    *webhook = nothing();
    // No exception may reach the caller, which is not C++.
    try {
        return readWebhook(bytes, count, webhook);
    } catch (const std::bad_alloc &) {
        *webhook = nothing();
        return SB_JSON_NO_MEMORY;
    }
}
