#include "features/disputes/routes.hpp"

namespace safargo::disputes {
namespace {

void add_for_the_two(api::Endpoints& endpoints, DisputeService& disputes) {
    endpoints.post("/bookings/{id}/dispute", "Open a dispute")
        .describes(
            "A no-show may be contested within 24 hours by the person who is said not to have come; a completed ride "
            "may be disputed by either side within 48 hours. One dispute per booking. Its money is frozen until a "
            "decision.")
        .idempotent()
        .path<BookingId>("id")
        .body<OpenDispute>()
        .returns<bookings::BookingView>()
        .fails({Code::forbidden, Code::illegal_transition, Code::dispute_closed, Code::already_disputed})
        .handle([&disputes](db::Transaction& tx, const Caller& caller, const BookingId& id, const OpenDispute& wanted) {
            return disputes.open(tx, caller, id, wanted);
        });

    endpoints.post("/bookings/{id}/dispute/answer", "Answer a dispute")
        .describes(
            "By the side that did not open it, once (already_exists after that), for as long as nothing is decided.")
        .idempotent()
        .path<BookingId>("id")
        .body<AnswerDispute>()
        .returns<bookings::BookingView>()
        .fails({Code::forbidden, Code::illegal_transition, Code::already_exists})
        .handle([&disputes](db::Transaction& tx, const Caller& caller, const BookingId& id,
                            const AnswerDispute& words) { return disputes.answer(tx, caller, id, words); });
}

void add_for_moderators(api::Endpoints& endpoints, DisputeService& disputes) {
    endpoints.get("/admin/disputes", "List disputes")
        .describes("Newest first, optionally by status.")
        .only(api::Access::moderator)
        .query<ListDisputes>()
        .returns<DisputePage>()
        .handle([&disputes](const ListDisputes& wanted) { return disputes.list(wanted); });

    endpoints.get("/admin/disputes/{id}", "Show a dispute")
        .describes(
            "With the statements of both sides, the booking and its payment. Showing an open dispute moves it to "
            "in_review.")
        .only(api::Access::moderator)
        .path<DisputeId>("id")
        .returns<DisputeFile>()
        .handle([&disputes](db::Transaction& tx, const Caller& caller, const DisputeId& id) {
            return disputes.show(tx, caller, id);
        });

    endpoints.post("/admin/disputes/{id}/resolve", "Resolve a dispute")
        .describes(
            "Sets what is refunded to the passenger, in dinars; the rest stays with the driver. Held money is split by "
            "one capture, captured money by a refund; for cash, refund must be 0. The booking is then settled and both "
            "people are told. The note is not shown to them.")
        .idempotent()
        .only(api::Access::admin)
        .path<DisputeId>("id")
        .body<ResolveDispute>()
        .returns<DisputeFile>()
        .fails({Code::illegal_transition})
        .handle([&disputes](db::Transaction& tx, const Caller& caller, const DisputeId& id,
                            const ResolveDispute& wanted) { return disputes.resolve(tx, caller, id, wanted); });
}

}  // namespace

void add_routes(api::Endpoints& endpoints, DisputeService& disputes) {
    add_for_the_two(endpoints, disputes);
    add_for_moderators(endpoints, disputes);
}

}  // namespace safargo::disputes
