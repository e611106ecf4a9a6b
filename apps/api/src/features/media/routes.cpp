#include "features/media/routes.hpp"

namespace safargo::media {

void add_routes(api::Endpoints& endpoints, const Permits& permits, Finishing& finishing) {
    endpoints.post("/uploads", "Ask to upload a picture")
        .describes(
            "For JPEG, PNG and WebP of at most 12 MB and 40 megapixels. Send the file to url within ten minutes, as "
            "multipart/form-data: first every one of fields, then the field file with exactly as many bytes as "
            "announced. Then finish the upload. Pictures of places are for moderators (forbidden). A person may have "
            "10 uploads open and start 100 a day (too_many_uploads).")
        .idempotent()
        .body<AskUpload>()
        .returns<PermittedUpload>(201)
        .fails({Code::feature_unavailable, Code::forbidden, Code::too_many_uploads})
        .handle([&permits](db::Transaction& tx, const Caller& caller, const AskUpload& wanted) {
            return permits.permit(tx, caller, wanted);
        });

    endpoints.post("/uploads/{id}/finish", "Finish an upload")
        .describes(
            "After the file was sent. It is decoded and stored again as WebP in three sizes, upright and without any "
            "metadata; of an animation the first frame stays. The picture has the id of its upload and is removed "
            "after a day unless it is used. A document stays private and has no addresses. A file that is not what was "
            "announced, is damaged or has too many pixels is refused for good (picture_refused). May be repeated: the "
            "work is done once.")
        .path<UploadId>("id")
        .returns<FinishedUpload>()
        .fails({Code::feature_unavailable, Code::upload_incomplete, Code::upload_expired, Code::request_in_progress,
                Code::picture_refused})
        .handle([&finishing](const Caller& caller, const UploadId& id, const RequestContext& context) {
            return finishing.finish(caller, id, context.deadline);
        });
}

}  // namespace safargo::media
