#include "features/places/gallery_routes.hpp"

namespace safargo::places {

void add_gallery_routes(api::Endpoints& endpoints, PlaceGallery& gallery) {
    endpoints.post("/admin/places/{slug}/photos", "Add a photo of a sight")
        .describes(
            "Takes a finished upload of the caller (purpose place_photo), once (upload_used). A sight has up to 20 "
            "photos (too_many_photos). Recorded in the audit log.")
        .idempotent()
        .only(api::Access::moderator)
        .path<PlaceSlug>("slug")
        .body<media::UseUpload>()
        .returns<PlaceView>(201)
        .fails({Code::too_many_photos, Code::upload_incomplete, Code::upload_expired, Code::upload_used})
        .handle([&gallery](db::Transaction& tx, const Caller& caller, const PlaceSlug& slug,
                           const media::UseUpload& wanted, const RequestContext& context) {
            return gallery.add(tx, caller, slug, wanted, context.language);
        });

    endpoints.remove("/admin/places/{slug}/photos/{picture_id}", "Remove a photo of a sight")
        .describes("Its files are deleted. Recorded in the audit log.")
        .only(api::Access::moderator)
        .path<PlacePhoto>()
        .handle([&gallery](db::Transaction& tx, const Caller& caller, const PlacePhoto& photo) {
            return gallery.remove(tx, caller, photo);
        });
}

}  // namespace safargo::places
