"""Images as content management systems, shops and site builders emit them, each with the role that a person gives it.

The role is that of the W3C's alt decision tree (https://www.w3.org/WAI/tutorials/images/decision-tree/) and of the HTML
standard's chapter on alt, judged from what the snippet is, not from what the table says. Where several roles are right
because only the picture could tell, they are all named. The first image of the snippet is meant, unless `at` says.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Emitted:
    """name: what it is. roles: right ones. html: as it stands in a page. at: which image of it is meant."""

    name: str
    roles: tuple[str, ...]
    html: str
    at: int = 0


_PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
_SVG_HOLDER = (
    "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%20768%20512'%3E%3C/svg%3E"
)

EMITTED = [
    # WordPress
    Emitted("gallery block, linked to the file", ("functional",),
        "<figure class='wp-block-gallery has-nested-images columns-3'><figure class='wp-block-image size-large'>"
        "<a href='https://x.example/wp-content/uploads/2024/05/IMG_2231.jpg'><img loading=lazy width=1024 height=683"
        " data-id=812 src='https://x.example/wp-content/uploads/2024/05/IMG_2231-1024x683.jpg' class=wp-image-812"
        " srcset='https://x.example/wp-content/uploads/2024/05/IMG_2231-1024x683.jpg 1024w,"
        " https://x.example/wp-content/uploads/2024/05/IMG_2231-300x200.jpg 300w'></a></figure></figure>"),
    Emitted("gallery block, not linked", ("informative",),
        "<figure class='wp-block-gallery'><figure class='wp-block-image size-large'><img loading=lazy width=768"
        " height=1024 src='/wp-content/uploads/2023/07/P1050377-768x1024.jpg' class='wp-image-90'></figure></figure>"),
    Emitted("featured image of a single post", ("informative",),
        "<article><div class='post-thumbnail'><img width=1568 height=1046 src='/wp-content/uploads/hero-1568x1046.jpg'"
        " class='attachment-post-thumbnail size-post-thumbnail wp-post-image' decoding=async></div><p>Text.</p>"
        "</article>"),
    Emitted("featured image of a teaser, alone in a link beside its headline's link", ("functional", "redundant"),
        "<article><a class=post-thumbnail href='/2024/spring-in-the-garden/'><img width=825 height=510"
        " src='/wp-content/uploads/spring-825x510.jpg' class='wp-post-image'></a>"
        "<h2><a href='/2024/spring-in-the-garden/'>Spring in the garden</a></h2></article>"),
    Emitted("the same, taken out of the accessibility tree by its theme", ("decorative", "redundant"),
        "<article><a class=post-thumbnail href='/spring/' aria-hidden=true tabindex=-1><img width=825 height=510"
        " src='/wp-content/uploads/spring-825x510.jpg' class='wp-post-image' alt=''></a><h2><a href='/spring/'>Spring"
        "</a></h2></article>"),
    Emitted("block image with a caption", ("informative",),
        "<figure class='wp-block-image aligncenter'><img src='/wp-content/uploads/mill.jpg' class=wp-image-7>"
        "<figcaption class=wp-element-caption>The mill after the flood of 1953</figcaption></figure>"),
    Emitted("emoji put in by wp-emoji", ("informative", "decorative"),
        "<p>See you soon <img draggable=false role=img class=emoji alt='🙂'"
        " src='https://s.w.org/images/core/emoji/15.0.3/svg/1f642.svg'></p>"),
    Emitted("avatar in a comment", ("decorative", "redundant"),
        "<li class=comment><article><footer class=comment-meta><div class='comment-author vcard'><img alt=''"
        " src='https://secure.gravatar.com/avatar/abc?s=32' class='avatar avatar-32 photo' height=32 width=32>"
        "<b class=fn><a href='https://ann.example'>Ann</a></b></div></footer><p>Nice!</p></article></li>"),
    Emitted("avatar in a comment, without alt, beside the name", ("decorative", "redundant"),
        "<li class=comment><div class=comment-author><img src='https://secure.gravatar.com/avatar/abc?s=48'"
        " class='avatar avatar-48 photo' height=48 width=48> <cite class=fn>Ann Example</cite> says:</div></li>"),
    Emitted("custom logo", ("functional",),
        "<header><a href='https://x.example/' class=custom-logo-link rel=home><img width=240 height=80"
        " src='/wp-content/uploads/logo.png' class=custom-logo alt='Mill Museum'></a></header>"),
    Emitted("custom logo without alt", ("functional",),
        "<header><a href='/' class=custom-logo-link rel=home><img width=240 height=80"
        " src='/wp-content/uploads/cropped-logo.png' class=custom-logo></a></header>"),
    Emitted("logo without a link", ("text",),
        "<header><div class=site-branding><img src='/img/logo-mill.svg' width=180 height=60></div></header>"),
    Emitted("lazy image by a plugin", ("informative",),
        f"<main><p>Text</p><img src='{_SVG_HOLDER}' data-lazy-src='/wp-content/uploads/dam-768x512.jpg' width=768"
        " height=512 class='alignnone lazyload'><noscript><img src='/wp-content/uploads/dam-768x512.jpg' width=768"
        " height=512></noscript></main>"),
    Emitted("lazysizes with data-srcset", ("informative",),
        f"<main><img class='lazyload' src='{_PIXEL}' data-src=/i/dam.jpg data-srcset='/i/dam.jpg 600w, /i/dam2.jpg"
        " 1200w' data-sizes=auto></main>"),
    Emitted("Elementor image box", ("redundant", "decorative", "informative"),
        "<div class='elementor-image-box-wrapper'><figure class=elementor-image-box-img><img width=64 height=64"
        " src='/wp-content/uploads/icon-delivery.png' class='attachment-full size-full'></figure><div"
        " class=elementor-image-box-content><h3>Free delivery</h3><p>From 50 euros.</p></div></div>"),
    # Site builders
    Emitted("Wix image in a wow-image", ("informative",),
        "<main><wow-image id=img_comp-k1 class='HlRz5e BI8PVQ'><img src='https://static.wixstatic.com/media/11062b_a1b2"
        "c3~mv2.jpg/v1/fill/w_147,h_98,al_c,q_80,usm_0.66_1.00_0.01,blur_2,enc_auto/11062b_a1b2c3~mv2.jpg'"
        " style='width:720px;height:480px;object-fit:cover' width=720 height=480></wow-image></main>"),
    Emitted("Squarespace lazy image", ("informative",),
        "<div class='sqs-block-image'><figure><div class=image-block-wrapper><noscript><img"
        " src='https://images.squarespace-cdn.com/content/v1/5e/1588/kiln.jpg'></noscript><img class=thumb-image"
        " data-src='https://images.squarespace-cdn.com/content/v1/5e/1588/kiln.jpg' data-image="
        "'https://images.squarespace-cdn.com/content/v1/5e/1588/kiln.jpg' data-image-dimensions=2500x1667"
        " data-load=false></div></figure></div>"),
    Emitted("Squarespace, linked with a label", ("functional",),
        "<a href='/shop' class=sqs-block-image-link aria-label='Shop for pots'><img data-src='/kiln.jpg' alt=''></a>"),
    Emitted("Webflow background section", ("decorative",),
        "<main><img class='hero-bg background-image' src='/images/hero-background.jpg' sizes=100vw srcset="
        "'/images/hero-background-p-500.jpg 500w, /images/hero-background.jpg 1600w' aria-hidden=true></main>"),
    Emitted("hero background without any mark but its name", ("decorative",),
        "<section class=hero><img class=hero-bg src='/images/hero-background.jpg'><h1>Pots from Mill Lane</h1>"
        "</section>"),
    Emitted("Jimdo/Weebly blurred placeholder, then the picture", ("informative",),
        f"<article><div class=cc-m-image><img src='{_PIXEL}' data-original='/media/river.jpg' width=600 height=400>"
        "</div></article>"),
    # Shops
    Emitted("Shopify product card: picture and title in one link", ("redundant",),
        "<div class='card product-card'><a href='/products/red-mug' class='card__link full-unstyled-link'><div"
        " class=media><img srcset='//cdn.shopify.com/s/files/1/red-mug_165x.jpg 165w,"
        " //cdn.shopify.com/s/files/1/red-mug_533x.jpg 533w' src='//cdn.shopify.com/s/files/1/red-mug_533x.jpg'"
        " loading=lazy width=533 height=533></div><h3 class=card__heading>Red mug</h3></a></div>"),
    Emitted("Shopify product card: picture beside the title's link", ("informative", "redundant"),
        "<div class='card product-card'><div class=media><img src='//cdn.shopify.com/s/files/1/red-mug_533x.jpg'"
        " width=533 height=533></div><div class=card__content><h3><a href='/products/red-mug'>Red mug</a></h3>"
        "<span class=price>12.00</span></div></div>"),
    Emitted("second picture of a card, shown on hover", ("redundant",),
        "<a href='/products/red-mug'><img src='/red-mug.jpg' alt='Red mug'><img src='/red-mug-side.jpg'"
        " class='motion-reduce secondary'></a>", 1),
    Emitted("main picture of a product", ("informative",),
        "<main><div class=product__media><img src='//cdn.shopify.com/s/files/1/red-mug_1445x.jpg' width=1445"
        " height=1445></div><h1>Red mug</h1></main>"),
    Emitted("thumbnail in a gallery's button", ("functional",),
        "<main><ul><li><button class=thumbnail aria-label='Load image 2 in gallery view'><img"
        " src='//cdn.shopify.com/s/files/1/red-mug-side_110x.jpg' alt='Red mug from the side'></button></li></ul>"
        "</main>"),
    Emitted("thumbnail that opens the full picture (WooCommerce)", ("functional",),
        "<div class=woocommerce-product-gallery__image><a href='/wp-content/uploads/red-mug.jpg'><img width=100"
        " height=100 src='/wp-content/uploads/red-mug-100x100.jpg' class=wp-post-image></a></div>"),
    Emitted("colour swatch in a label", ("redundant", "decorative", "functional"),
        "<fieldset><legend>Colour</legend><label><input type=radio name=c value=blue><img src='/swatch-blue.png'"
        " width=24 height=24> Blue</label></fieldset>"),
    Emitted("colour swatch that is all of its label", ("functional",),
        "<fieldset><legend>Colour</legend><label for=c1><input type=radio name=c id=c1 value=blue><img"
        " src='/swatch-blue.png' width=24 height=24></label></fieldset>"),
    Emitted("stars of a rating", ("group",),
        "<div class=rating><img src=/i/star-full.png width=16 height=16><img src=/i/star-full.png width=16 height=16>"
        "<img src=/i/star-half.png width=16 height=16> (12 reviews)</div>"),
    Emitted("stars as one image with a name", ("informative",),
        "<div class=rating><img src=/i/stars-4.svg alt='4 out of 5 stars'></div>"),
    Emitted("stars as fonts in role=img", ("informative",),
        "<div class=star-rating role=img aria-label='Rated 4.5 out of 5'><span style='width:90%'></span></div>"),
    Emitted("payment icon in a footer", ("text", "informative"),
        "<footer><ul class=payment-icons><li><img src='/icons/visa.svg' width=38 height=24></li><li><img"
        " src='/icons/mastercard.svg' width=38 height=24></li></ul></footer>"),
    Emitted("payment icon as svg with a title", ("informative",),
        "<footer><ul class='list list-payment'><li><svg class=icon role=img aria-labelledby=pi-visa width=38 height=24>"
        "<title id=pi-visa>Visa</title><path d='M0 0'/></svg></li></ul></footer>"),
    Emitted("cart icon in a link with a hidden text", ("redundant", "decorative"),
        "<a href=/cart class='header__icon'><svg class='icon icon-cart' aria-hidden=true focusable=false><path"
        " d='M0 0'/></svg><span class=visually-hidden>Cart</span></a>"),
    Emitted("trust seal", ("informative", "text"),
        "<footer><img src='/img/trusted-shops-seal.png' width=120 height=120></footer>"),
    Emitted("banner of a sale, linked", ("functional",),
        "<main><a href='/collections/summer-sale'><img src='/banners/summer-1200x400.jpg' width=1200 height=400></a>"
        "</main>"),
    # GitHub and documentation
    Emitted("badge of a build, linked", ("functional",),
        "<article class=markdown-body><p><a href='https://github.com/o/r/actions'><img"
        " src='https://github.com/o/r/actions/workflows/ci.yml/badge.svg' alt='CI'></a></p></article>"),
    Emitted("badge without a link and without alt", ("text",),
        "<article class=markdown-body><p><img src='https://img.shields.io/badge/license-MIT-blue.svg'></p></article>"),
    Emitted("picture of a README, linked to its raw file", ("functional",),
        "<article class=markdown-body><p><a target=_blank rel=noopener href='/o/r/blob/main/docs/screenshot.png'><img"
        " src='/o/r/raw/main/docs/screenshot.png' style='max-width:100%'></a></p></article>"),
    Emitted("screenshot in documentation", ("informative",),
        "<main><p>Open the settings:</p><p><img src='/_images/settings-dialog.png'></p></main>"),
    Emitted("formula (Sphinx, pngmath)", ("text",),
        "<main><p>So <img class=math src='/_images/math/9b1.png' alt='x^2'> holds.</p></main>"),
    Emitted("formula without alt", ("text",),
        "<main><p>So <img class='mwe-math-fallback-image-inline' src='/media/math/render/svg/9b1'> holds.</p></main>"),
    Emitted("diagram of a documentation", ("complex",),
        "<main><p><img src='/_images/architecture-diagram.svg'></p></main>"),
    Emitted("UML class diagram by graphviz", ("complex",),
        "<main><div class=graphviz><object data='_images/inheritance-5a.svg' type='image/svg+xml' class=inheritance>"
        "</object></div></main>"),
    Emitted("mermaid drawing", ("complex",),
        "<main><div class=mermaid><svg id=mermaid-1 class=flowchart width=100% role=graphics-document"
        " aria-roledescription=flowchart-v2><g></g></svg></div></main>"),
    Emitted("anchor of a heading on GitHub", ("decorative", "redundant", "functional"),
        "<h2>Install<a class=anchor aria-label='Permalink: Install' href=#install><svg class='octicon octicon-link'"
        " aria-hidden=true><path d='M0 0'/></svg></a></h2>"),
    # News
    Emitted("teaser: picture and headline in one link", ("redundant",),
        "<article><a href='/2024/may/3/bridge-opens'><figure><picture><source media='(min-width: 600px)'"
        " srcset='/i/bridge-620.jpg'><img src='/i/bridge-300.jpg'></picture></figure><h3>The bridge opens</h3></a>"
        "</article>"),
    Emitted("article picture with caption and credit", ("informative",),
        "<article><figure><img src='/i/bridge-1240.jpg' width=1240 height=744><figcaption>The new bridge on Friday."
        " Photograph: A. Example</figcaption></figure></article>"),
    Emitted("portrait of an author beside the name", ("redundant", "decorative", "informative"),
        "<div class=byline><img class=byline__image src='/i/ann-example-byline.png' width=56 height=56> By <a"
        " href='/profile/ann-example'>Ann Example</a></div>"),
    Emitted("portrait in an author's box", ("informative", "redundant"),
        "<aside class=author-box><img src='/authors/ann-example.jpg' width=120 height=120><h4>Ann Example</h4><p>Ann"
        " writes on bridges.</p></aside>"),
    Emitted("chart in an article", ("complex",),
        "<article><figure><img src='/i/2024/infographic-votes.png' width=1000><figcaption>Votes by district"
        "</figcaption></figure></article>"),
    Emitted("chart as inline svg with a title", ("complex", "informative"),
        "<article><figure><svg class=chart role=img aria-label='Votes by district, Mill Lane leads with 42 per cent'>"
        "<g></g></svg></figure></article>"),
    Emitted("weather icon beside its words", ("redundant", "decorative", "unknown"),
        "<div class=weather><img src='/weather/partly-cloudy.svg' width=32 height=32> Partly cloudy, 14 °C</div>"),
    Emitted("video still with a play button in a link", ("functional",),
        "<a class=video-link href='/video/bridge-opens'><img src='/i/bridge-still.jpg'><span class='play-icon'></span>"
        "</a>"),
    Emitted("poster of a video", ("unknown", "informative"),
        "<main><video controls poster='/i/bridge-poster.jpg'><source src=/v/bridge.mp4></video></main>"),
    Emitted("advertisement in a frame's link", ("functional",),
        "<div class=ad><a href='https://ads.example/click?id=9' target=_blank rel=sponsored><img"
        " src='https://ads.example/b/300x250.gif' width=300 height=250></a></div>"),
    # Headers, footers, social
    Emitted("social icon as image", ("functional",),
        "<footer><a href='https://www.facebook.com/mill'><img src='/icons/facebook.png' width=24 height=24></a>"
        "</footer>"),
    Emitted("social icon as svg sprite in a labelled link", ("functional", "decorative"),
        "<footer><a href='https://x.com/mill' aria-label='Mill on X'><svg class=icon><use href='#icon-x'></use></svg>"
        "</a></footer>"),
    Emitted("social icon as svg sprite without a name", ("functional",),
        "<footer><a href='https://x.com/mill'><svg class=icon><use href='#icon-x'></use></svg></a></footer>"),
    Emitted("app-store badge", ("functional",),
        "<footer><a href='https://apps.apple.com/app/id1'><img src='/img/app-store-badge.svg' width=120></a></footer>"),
    Emitted("flag alone in a language switch", ("functional",),
        "<nav><ul class=languages><li><a href='/de/' hreflang=de lang=de><img src='/flags/de.png' width=18 height=12>"
        "</a></li></ul></nav>"),
    Emitted("flag beside the language's name", ("redundant",),
        "<nav><ul class=languages><li><a href='/de/' hreflang=de lang=de><img src='/flags/de.png' width=18 height=12>"
        " Deutsch</a></li></ul></nav>"),
    Emitted("sponsor's logo, linked", ("functional",),
        "<div class=sponsors><a href='https://www.acme.example/'><img src='/sponsors/acme-logo.png' height=60></a>"
        "</div>"),
    Emitted("sponsor's logo, not linked", ("text",),
        "<section class=sponsors><h2>Our sponsors</h2><img src='/sponsors/acme-logo.png' height=60></section>"),
    Emitted("logo of a customer by the class of its list", ("text",),
        "<section><ul class='customer-logos'><li><img src='/customers/acme.svg' height=40></li><li><img"
        " src='/customers/globex.svg' height=40></li></ul></section>"),
    Emitted("menu button with an svg", ("functional", "redundant"),
        "<button type=button class=navbar-toggler aria-label='Toggle navigation'><svg width=24 height=24><path"
        " d='M0 0'/></svg></button>"),
    Emitted("search button with an image", ("functional",),
        "<form action=/search><input name=q><button type=submit><img src='/icons/magnifier.png' width=16></button>"
        "</form>"),
    Emitted("search button as input", ("functional",),
        "<form action=/search><input name=q><input type=image src='/icons/go.gif'></form>"),
    Emitted("arrow in a link with words", ("redundant", "decorative"),
        "<a class=more href='/news'>All news <img src='/icons/arrow-right.svg' width=12 height=12></a>"),
    Emitted("icon before a telephone number", ("informative",),
        "<footer><p><img src='/icons/phone.svg' width=16 height=16> 030 1234</p></footer>"),
    Emitted("sprite sheet at the begin of the body", ("decorative",),
        "<svg xmlns='http://www.w3.org/2000/svg' style='display:none'><symbol id=a viewBox='0 0 8 8'><path d='M0 0'/>"
        "</symbol></svg>"),
    Emitted("QR code", ("functional", "informative", "text"),
        "<section><h2>Get the app</h2><img src='/img/qr-code-app.png' width=160 height=160></section>"),
    Emitted("captcha", ("text", "informative"),
        "<form><img id=captcha_image src='/captcha/image/8fa3/' class=captcha width=150 height=50><input"
        " name=captcha_1></form>"),
    # Decoration, counters, placeholders
    Emitted("pixel of Facebook in noscript", ("decorative",),
        "<noscript><img height=1 width=1 style='display:none'"
        " src='https://www.facebook.com/tr?id=1&ev=PageView&noscript=1'></noscript>"),
    Emitted("counter of a collecting society (VG Wort)", ("decorative",),
        "<img src='https://vg02.met.vgwort.de/na/abc' width=1 height=1>"),
    Emitted("Matomo counter by a style", ("decorative",),
        "<p><img src='//stats.example/matomo.php?idsite=1&rec=1' style='border:0;'></p>"),
    Emitted("spacer of a table layout", ("decorative",),
        "<table><tr><td><img src='/images/spacer.gif' width=10 height=200></td></tr></table>"),
    Emitted("divider between sections", ("decorative",),
        "<main><p>One.</p><img class=divider src='/img/wave-divider.svg'><p>Two.</p></main>"),
    Emitted("ornament by its name", ("decorative",),
        "<section><img src='/img/ornament-top.png' width=300 height=20><h2>About us</h2></section>"),
    Emitted("pattern behind a section", ("decorative",),
        "<section><img class='bg-pattern' src='/img/dots-pattern.svg' width=400 height=400><h2>Team</h2></section>"),
    Emitted("bullet of a list", ("decorative",),
        "<ul style='list-style:none'><li><img src='/img/bullet.gif' width=6 height=6> Oak</li></ul>"),
    Emitted("loading spinner", ("decorative",),
        "<div class=loading><img src='/img/ajax-loader.gif' width=16 height=16></div>"),
    Emitted("rounded corner", ("decorative",),
        "<td><img src='/img/corner_tl.gif' width=12 height=12></td>"),
    # Maps
    Emitted("tile of a map", ("decorative", "complex"),
        "<div class=leaflet-tile-pane><img role=presentation src='https://tile.example/12/2200/1343.png'"
        " class='leaflet-tile leaflet-tile-loaded' alt='' style='width:256px;height:256px'></div>"),
    Emitted("tile of a map without alt", ("decorative", "complex"),
        "<div class=leaflet-tile-pane><img src='https://tile.example/12/2200/1343.png' class='leaflet-tile'"
        " style='width:256px;height:256px'></div>"),
    Emitted("static map of an address", ("complex",),
        "<section><h2>How to find us</h2><img width=600 height=300"
        " src='https://maps.googleapis.com/maps/api/staticmap?center=52.5,13.4&zoom=14&size=600x300'></section>"),
    Emitted("map linked to a map service", ("functional",),
        "<a href='https://www.openstreetmap.org/#map=15/52.5/13.4'><img src='/img/map-office.png' width=600></a>"),
    Emitted("image map", ("complex", "informative", "functional"),
        "<main><img src='/img/regions.png' usemap=#r width=500><map name=r><area href=/north coords='0,0,9,9'></map>"
        "</main>"),
    # Plain pages
    Emitted("photograph in an old page", ("informative",),
        "<body><center><img src='photos/me.jpg' border=0><br>This is me</center></body>"),
    Emitted("picture and art direction", ("informative",),
        "<main><picture><source type=image/avif srcset='/i/dam.avif 1x, /i/dam-2x.avif 2x'><source"
        " media='(max-width: 600px)' srcset=/i/dam-crop.jpg><img src=/i/dam.jpg width=900 height=600></picture>"
        "</main>"),
    Emitted("next/image that fills its box", ("informative",),
        "<main><span style='box-sizing:border-box;display:inline-block'><img decoding=async data-nimg=intrinsic"
        f" src='{_PIXEL}'><noscript><img srcset='/_next/image?url=%2Fteam.jpg&w=640&q=75 1x' src="
        "'/_next/image?url=%2Fteam.jpg&w=1080&q=75' decoding=async loading=lazy></noscript></span></main>"),
    Emitted("picture of a team's member", ("informative", "redundant"),
        "<section><div class=team-member><img src='/team/ann.jpg' width=300 height=300><h3>Ann Example</h3><p>"
        "Director</p></div></section>"),
    Emitted("slide of a carousel", ("informative",),
        "<div class='carousel-item active'><img class='d-block w-100' src='/slides/harbour.jpg'></div>"),
    Emitted("icon of a file before a download's name", ("redundant",),
        "<p><a href='/files/report.pdf'><img src='/icons/pdf.gif' width=16 height=16> Annual report</a></p>"),
    Emitted("icon of a file's type that is all of its link", ("functional",),
        "<p>Annual report <a href='/files/annual-report.pdf'><img src='/icons/pdf.gif' width=16 height=16></a></p>"),
    Emitted("signature under a letter", ("text",),
        "<main><p>Yours</p><img src='/img/signature-example.png' width=200 height=80><p>Ann Example</p></main>"),
    Emitted("album cover with its title below", ("informative", "redundant"),
        "<div class=album><img src='/covers/blue.jpg' width=200 height=200><p class=title>Blue</p></div>"),
    Emitted("background that is the only content of a link", ("functional",),
        "<a href='/rooms/lake-view' class=tile style=\"background-image:url('/i/lake.jpg');width:300px;height:200px\">"
        "</a>"),
    Emitted("background behind words", (),
        "<section style=\"background-image:url('/i/lake.jpg')\"><h1>By the lake</h1></section>"),
    # Written after the rows above were made, to see how far they carry
    Emitted("joomla intro image in article", ("informative",),
        "<div class='item-page'><div class='pull-left item-image'><img src='/images/kirche.jpg' "
        "itemprop=image></div><h2>Die Kirche</h2><p>Text.</p></div>"),
    Emitted("drupal field image linked to node", ("functional", "redundant"),
        "<article class='node node--type-article node--view-mode-teaser'><h2><a href=/node/12>Harbour "
        "days</a></h2><div class='field field--name-field-image'><a href=/node/12 hreflang=en><img "
        "src='/sites/default/files/styles/medium/public/h.jpg' width=220 height=146 "
        "loading=lazy></a></div></article>"),
    Emitted("typo3 textpic", ("informative",),
        "<div class='ce-textpic'><div class=ce-gallery><figure class=image><img class=image-embed-item "
        "src='/fileadmin/_processed_/a.jpg' width=300 height=200></figure></div><div "
        "class=ce-bodytext><p>Text</p></div></div>"),
    Emitted("mediawiki thumb with caption", ("functional",),
        "<figure typeof='mw:File/Thumb'><a href='/wiki/File:Bridge.jpg' class=mw-file-description><img "
        "src='//upload.example/220px-Bridge.jpg' width=220 height=165 "
        "class=mw-file-element></a><figcaption>The bridge in 1910</figcaption></figure>"),
    Emitted("wikipedia inline flag icon", ("redundant", "decorative"),
        "<td><span class=flagicon><img src='//upload.example/23px-Flag_of_France.svg.png' width=23 "
        "height=15 class=mw-file-element></span> France</td>"),
    Emitted("blogger picture linked to full size", ("functional",),
        "<div class=separator style='clear:both;text-align:center'><a "
        "href='https://1.bp.blogspot.com/-x/s1600/IMG_20.jpg' imageanchor=1><img border=0 "
        "data-original-height=1200 data-original-width=1600 "
        "src='https://1.bp.blogspot.com/-x/s320/IMG_20.jpg' width=320></a></div>"),
    Emitted("medium figure", ("functional",),
        "<article><figure><div role=button tabindex=0><picture><source "
        "srcset='https://miro.example/640/a.png 640w'><img width=700 height=380 role=presentation "
        "src='https://miro.example/700/a.png' alt></picture></div></figure></article>"),
    Emitted("ghost feature image", ("informative",),
        "<article><figure class=gh-article-image><img srcset='/s/w300/c.jpg 300w, /s/w600/c.jpg 600w' "
        "src='/s/w1200/c.jpg'><figcaption>Photo by A / Unsplash</figcaption></figure></article>"),
    Emitted("substack avatar linked to profile", ("functional", "redundant"),
        "<div class=byline><a href='https://x.example/@ann' class=pencraft><img src='/a/ann.jpg' "
        "width=36 height=36></a> <a href='https://x.example/@ann'>Ann</a></div>"),
    Emitted("bootstrap card img-top", ("informative", "redundant"),
        "<div class=card><img src='img/tour1.jpg' class=card-img-top><div class=card-body><h5 "
        "class=card-title>City tour</h5><a href=# class=btn>Go</a></div></div>"),
    Emitted("feature icon png above h3", ("redundant", "decorative"),
        "<div class=feature><img src='images/feature-icon-1.png'><h3>Fast</h3><p>Really.</p></div>"),
    Emitted("feature svg icon no name words", ("redundant", "decorative", "unknown"),
        "<div class=feature><img src='assets/speed.svg' width=48><h4>Fast</h4></div>"),
    Emitted("testimonials portrait", ("redundant", "decorative", "informative"),
        "<blockquote><p>Great!</p><footer><img class='rounded-circle' src='img/client-2.jpg' width=60 "
        "height=60> John D.</footer></blockquote>"),
    Emitted("team grid", ("informative",),
        "<section id=team><h2>Team</h2><div><img class='mx-auto rounded-circle' "
        "src='img/team/1.jpg'><h4>Kay Garland</h4><p>Lead</p></div></section>"),
    Emitted("portfolio link with hover", ("functional",),
        "<a class='portfolio-link' data-toggle=modal href='#portfolioModal1'><div "
        "class=portfolio-hover><i class='fas fa-plus'></i></div><img class=img-fluid "
        "src='img/portfolio/01-thumbnail.jpg'></a>"),
    Emitted("navbar brand img", ("functional",),
        "<nav><a class=navbar-brand href='#page-top'><img src='assets/img/navbar-logo.svg'></a></nav>"),
    Emitted("navbar brand img and text", ("redundant",),
        "<nav><a class=navbar-brand href='/'><img src='/docs/bootstrap-solid.svg' width=30 height=30> "
        "Bootstrap</a></nav>"),
    Emitted("client logos strip linked to #", ("functional",),
        "<section class=clients><a href='#!'><img class='img-fluid img-brand' "
        "src='assets/img/logos/microsoft.svg'></a></section>"),
    Emitted("client logos strip unlinked by folder", ("text",),
        "<section><div class=row><img class=img-fluid "
        "src='assets/img/logos/microsoft.svg'></div></section>"),
    Emitted("masthead illustration", ("informative", "decorative", "unknown"),
        "<header class=masthead><img class=masthead-avatar "
        "src='assets/img/avataaars.svg'><h1>Start</h1></header>"),
    Emitted("screenshot of app in phone", ("informative",),
        "<main><div class=device><img src='/img/app-screen.png'></div></main>"),
    Emitted("hamburger gif in button with text hidden", ("redundant", "decorative"),
        "<button><img src='/i/menu.svg'><span class=sr-only>Menu</span></button>"),
    Emitted("close button with x", ("functional",),
        "<button class=modal-close onclick=close()><img src='/i/x.svg'></button>"),
    Emitted("previous arrow in carousel", ("functional",),
        "<a class=carousel-control-prev href='#c' role=button data-slide=prev><img src='/i/prev.png'></a>"),
    Emitted("rss icon link", ("functional",),
        "<a href='/feed.xml'><img src='/i/rss.png' width=14 height=14></a>"),
    Emitted("print icon", ("functional",),
        "<a href='javascript:window.print()'><img src='/i/print.gif'></a>"),
    Emitted("external link icon after text", ("redundant", "decorative"),
        "<a href='https://x.example'>Docs<img src='/i/external.svg' width=12></a>"),
    Emitted("latex svg codecogs", ("text",),
        "<main><p>We get <img src='https://latex.codecogs.com/svg.latex?E=mc^2'> here.</p></main>"),
    Emitted("travis badge", ("functional",),
        "<a href='https://travis-ci.org/o/r'><img src='https://travis-ci.org/o/r.svg?branch=master' "
        "alt='Build Status'></a>"),
    Emitted("npm badge unlinked", ("text",),
        "<article><img src='https://badge.fury.io/js/x.svg'></article>"),
    Emitted("gif demo in readme", ("informative",),
        "<article class=markdown-body><p><img src='https://raw.example/o/r/master/demo.gif'></p></article"
        ">"),
    Emitted("google chart", ("complex",),
        "<main><img src='https://chart.googleapis.com/chart?cht=p3&chd=t:60,40&chs=250x100'></main>"),
    Emitted("matplotlib figure", ("complex", "informative"),
        "<main><div class=output_png><img src='_images/plot_7_0.png'></div></main>"),
    Emitted("org chart", ("complex",),
        "<main><img src='/img/org-chart-2024.png' width=900></main>"),
    Emitted("floor plan", ("complex",),
        "<main><h2>Flat 3</h2><img src='/img/floorplan-3.png' width=600></main>"),
    Emitted("canvas-like highcharts svg", ("complex",),
        "<div id=container><div class=highcharts-container><svg class=highcharts-root role=img "
        "aria-label='Interactive chart' width=600 height=400><g></g></svg></div></div>"),
    Emitted("old site hr image", ("decorative",),
        "<center><img src='images/hr.gif' width=500 height=5></center>"),
    Emitted("old site under construction", ("informative", "decorative", "unknown"),
        "<center><img src='construction.gif'> Under construction</center>"),
    Emitted("valid html button", ("functional",),
        "<a href='http://validator.w3.org/check?uri=referer'><img "
        "src='http://www.w3.org/Icons/valid-xhtml10' height=31 width=88></a>"),
    Emitted("email image", ("text", "informative", "unknown"),
        "<p>Contact: <img src='/img/email-address.png'></p>"),
    Emitted("linkedin insight", ("decorative",),
        "<img height=1 width=1 style='display:none' "
        "src='https://px.ads.linkedin.com/collect/?pid=1&fmt=gif'>"),
    Emitted("hotjar-like beacon w/o size", ("decorative",),
        "<img src='https://bat.bing.com/action/0?ti=1'>"),
    Emitted("instagram feed tile", ("functional",),
        "<div class=insta><a href='https://www.instagram.com/p/Cx1/'><img src='/cache/insta1.jpg' "
        "width=150></a></div>"),
    Emitted("youtube thumbnail facade", ("functional",),
        "<button class=yt-lite aria-label='Play: Bridge opens'><img "
        "src='https://i.ytimg.com/vi/x/hqdefault.jpg' alt=''></button>"),
    Emitted("svg wave section divider", ("decorative", "unknown"),
        "<div class='shape-divider'><svg viewBox='0 0 1200 120' preserveAspectRatio=none><path "
        "d='M0'/></svg></div>"),
    Emitted("blob illustration with aria-hidden", ("decorative",),
        "<div aria-hidden=true><img src='/i/blob.svg'></div>"),
    Emitted("recipe step picture", ("informative",),
        "<main><ol><li><p>Mix.</p><img src='/steps/1.jpg' width=400></li></ol></main>"),
    Emitted("before/after pictures", ("informative",),
        "<main><figure><img src='/b.jpg'><img src='/a.jpg'><figcaption>Before and "
        "after</figcaption></figure></main>"),
    Emitted("cookie icon banner", ("redundant", "decorative", "unknown"),
        "<div class=cookie><img src='/i/cookie.svg' width=24 height=24> We use cookies</div>"),
]  # fmt: skip
