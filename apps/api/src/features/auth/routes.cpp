#include "features/auth/routes.hpp"

namespace safargo::auth {

void add_routes(api::Endpoints& endpoints, AuthService& auth) {
    endpoints.post("/auth/otp/request", "Send a one-time sign-in code")
        .describes(
            "The code goes by SMS or email and is valid for ten minutes. The answer is the same whether or not an "
            "account exists. At most three codes in five minutes for one phone number or address: 429 after that. In "
            "development the code appears at /dev/outbox.")
        .body<RequestCode>()
        .returns<CodeRequested>(202)
        .handle([&auth](const RequestContext& context, const RequestCode& wanted) {
            return auth.request_code(context, wanted);
        });

    endpoints.post("/auth/otp/verify", "Sign in with a one-time code")
        .describes(
            "Creates the account on first sign-in (is_new is then true). Each of the last three codes is accepted "
            "until it expires, with five attempts each; an account bears 20 wrong codes a day. The access token is "
            "valid for 15 minutes, the refresh token for 30 days.")
        .body<VerifyCode>()
        .returns<SignedIn>()
        .fails({Code::otp_invalid, Code::otp_expired, Code::account_suspended})
        .handle([&auth](const RequestContext& context, const VerifyCode& given) {
            return auth.verify_code(context, given);
        });

    endpoints.post("/auth/refresh", "Exchange a refresh token for new tokens")
        .describes(
            "Each refresh token is used once. The previous one, used again within 30 seconds, gets the same successor; "
            "using an older one revokes the whole session.")
        .body<RefreshTokens>()
        .returns<Refreshed>()
        .handle([&auth](db::Transaction& tx, const RefreshTokens& given) { return auth.refresh(tx, given); });

    endpoints.get("/auth/sessions", "List my sessions")
        .describes("Every device that is signed in to this account; current marks the one that asks.")
        .returns<SessionList>()
        .handle([&auth](const Caller& caller) { return auth.list_sessions(caller); });

    endpoints.remove("/auth/sessions/{id}", "Sign out a device")
        .describes("Ends one session of the caller at once: its access and refresh tokens are refused from then on.")
        .path<SessionId>("id")
        .handle([&auth](const Caller& caller, const SessionId& id) { return auth.revoke_session(caller, id); });

    endpoints.post("/auth/logout", "Sign out this device")
        .describes("Ends the session whose access token is sent. Suspended accounts may sign out, too.")
        .handle([&auth](const Caller& caller) { return auth.logout(caller); });
}

}  // namespace safargo::auth
