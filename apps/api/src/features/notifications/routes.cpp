#include "features/notifications/routes.hpp"

namespace safargo::notifications {
namespace {

api::RawMedia sms_report() {
    return {.type = "application/x-www-form-urlencoded",
            .schema = R"({"type":"string"})",
            .example = R"("MessageSid=SM0123456789abcdef0123456789abcdef&MessageStatus=delivered")",
            .most = 64UZ * 1024};
}

api::RawMedia mail_events() {
    return {.type = "application/json",
            .schema = R"({"type":"array","items":{"type":"object"}})",
            .example = R"([{"event":"delivered","timestamp":1796112000,"safargo_key":"outbox:42"}])",
            .most = 1'024UZ * 1024};  // SendGrid's batches are smaller
}

// Valid as long as the request.
WebhookCall call_of(const http::Request& request) {
    return {.query = request.query, .body = request.body, .header = [&request](std::string_view name) {
                return request.header(name);
            }};
}

}  // namespace

void add_routes(api::Endpoints& endpoints, Reports& reports) {
    endpoints.post("/notifications/webhook/twilio", "Report what became of an SMS")
        .describes(
            "Called by Twilio, whose signature is checked; anything else is refused with 400 and stored nowhere. What "
            "was reported before has no effect. A number that does not exist, or whose owner answered STOP, gets no "
            "further SMS but sign-in codes.")
        .raw_body(sms_report())
        .returns<ReportTaken>()
        .fails({Code::malformed_request, Code::feature_unavailable})
        .handle([&reports](const http::Request& request) { return reports.take_twilio(call_of(request)); });

    endpoints.post("/notifications/webhook/sendgrid", "Report what became of mail")
        .describes(
            "Called by SendGrid with a batch of events, whose signature and age are checked; anything else is refused "
            "with 400 and stored nowhere. What was reported before has no effect. An address that does not exist, or "
            "whose owner wants no mail, gets no further mail but sign-in codes.")
        .raw_body(mail_events())
        .returns<ReportTaken>()
        .fails({Code::malformed_request, Code::feature_unavailable})
        .handle([&reports](const http::Request& request) { return reports.take_sendgrid(call_of(request)); });
}

void add_preference_routes(api::Endpoints& endpoints, Preferences& preferences) {
    endpoints.get("/users/me/notifications", "Show which messages I get")
        .describes(
            "Every kind of message, and by which channels it reaches the caller. Kinds with always_sent cannot be "
            "switched off: without them the caller would lose access, money or a ride. In quiet hours, in Algiers' "
            "time, "
            "only kinds with sent_at_once are sent, after what was written before about the same booking or trip; the "
            "others leave when the hours end, in their order.")
        .returns<MessageChoices>()
        .handle([&preferences](const Caller& caller) { return preferences.show(caller); });

    endpoints.patch("/users/me/notifications", "Choose which messages I get")
        .describes(
            "Switches kinds of messages on or off, each by one channel, and sets quiet hours, which may pass midnight; "
            "null takes them back, what is left out stays as it is. It also applies to messages that are waiting to be "
            "sent. Open pages are told of everything (GET /events).")
        .body<ChangeMessages>()
        .returns<MessageChoices>()
        .fails({Code::not_found})
        .handle([&preferences](db::Transaction& tx, const Caller& caller, const ChangeMessages& wanted) {
            return preferences.change(tx, caller, wanted);
        });
}

void add_browser_routes(api::Endpoints& endpoints, Browsers& browsers) {
    endpoints.get("/users/me/push/key", "Show the key that browsers subscribe with")
        .describes("The applicationServerKey of PushManager.subscribe, in base64url.")
        .returns<PushKey>()
        .fails({Code::feature_unavailable})
        .handle([&browsers](const Caller& caller) { return browsers.key(caller); });

    endpoints.post("/users/me/push", "Let my browser show messages")
        .describes(
            "Takes what the browser's push service gave it. The same browser may subscribe again, as anybody, and "
            "keeps "
            "its id. Messages end with the session in which it subscribed, or when its push service says that the "
            "subscription has ended. A person has at most ten browsers (too_many_browsers).")
        .body<SubscribeBrowser>()
        .returns<SubscribedBrowser>()
        .fails({Code::too_many_browsers, Code::feature_unavailable, Code::not_found})
        .handle([&browsers](db::Transaction& tx, const Caller& caller, const SubscribeBrowser& wanted) {
            return browsers.subscribe(tx, caller, wanted);
        });

    endpoints.remove("/users/me/push/{id}", "Let a browser of mine show messages no more")
        .describes("The page unsubscribes at the browser as well.")
        .path<PushSubscriptionId>("id")
        .fails({Code::not_found})
        .handle([&browsers](db::Transaction& tx, const Caller& caller, const PushSubscriptionId& id) {
            return browsers.unsubscribe(tx, caller, id);
        });
}

}  // namespace safargo::notifications
