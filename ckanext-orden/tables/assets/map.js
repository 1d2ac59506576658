/* The places of a file on a map that can be moved and enlarged, one with the list beside it. Without scripts, or where
   the places cannot be had, the drawing that is on the page stays. */
(function () {
  "use strict";

  const CLOSEST = 18, CLOSE = 16;
  const MOST_SHAPES = 500; /* beyond it lines and areas are painted at once, without an element for each */
  const MOST_SAID = 12;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const Grid = L.GridLayer.extend({ createTile: () => L.DomUtil.create("div", "o-map__grid") });

  function words(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  function isPoint(feature) {
    return feature.geometry.type === "Point";
  }

  class Places {
    constructor(box, features) {
      this.box = box;
      this.said = box.dataset;
      this.features = new Map(features.map((feature) => [feature.id, feature]));
      this.layers = new Map();
      this.entries = new Map(Array.from(box.querySelectorAll("[data-row]"), (link) => [Number(link.dataset.row), link]));
      this.panel = box.querySelector("[data-chosen]");
      this.chosen = 0;
      this.map = this.drawn();
      this.clusters = this.grouped();
      this.add(features);
      this.listen();
    }

    drawn() {
      const canvas = this.box.querySelector("[data-canvas]");
      canvas.hidden = false;
      this.box.querySelector("svg").remove();
      const options = { attributionControl: false, zoomControl: false, scrollWheelZoom: false, maxZoom: CLOSEST, minZoom: 2 };
      const moving = { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still };
      const map = L.map(canvas, { ...options, ...moving });
      L.control.zoom({ zoomInTitle: this.said.zoomIn, zoomOutTitle: this.said.zoomOut }).addTo(map);
      L.control.scale({ imperial: false }).addTo(map);
      const tiles = { maxZoom: Number(this.said.closest) || CLOSEST, referrerPolicy: "origin" };
      (this.said.tiles ? L.tileLayer(this.said.tiles, tiles) : new Grid()).addTo(map);
      return map;
    }

    grouped() {
      const clusters = L.markerClusterGroup({
        animate: !still,
        chunkedLoading: true,
        showCoverageOnHover: false,
        maxClusterRadius: 60,
        iconCreateFunction: (cluster) => this.clusterIcon(cluster.getChildCount()),
      });
      clusters.on("clusterkeypress", ({ layer, originalEvent }) => {
        if (!["Enter", " "].includes(originalEvent.key)) return;
        originalEvent.preventDefault();
        layer.fire("click", { originalEvent }, true);
        this.map.getContainer().focus(); /* the cluster itself may be gone */
      });
      return clusters;
    }

    clusterIcon(count) {
      const html = document.createElement("span");
      const shown = L.DomUtil.create("span", "", html);
      shown.setAttribute("aria-hidden", "true");
      shown.textContent = count.toLocaleString();
      L.DomUtil.create("span", "o-hide", html).textContent = words(this.said.cluster, { n: count.toLocaleString() });
      return L.divIcon({ html, className: "o-cluster", iconSize: [count < 1000 ? 40 : 52, 40] });
    }

    add(features) {
      const shapes = features.filter((feature) => !isPoint(feature));
      const renderer = shapes.length > MOST_SHAPES ? L.canvas() : L.svg();
      const points = features.filter(isPoint).map((feature) => this.pin(feature, L.GeoJSON.coordsToLatLng(feature.geometry.coordinates)));
      this.clusters.addLayers(points);
      const bounds = L.latLngBounds(points.map((point) => point.getLatLng()));
      const drawn = shapes.map((feature) => this.shape(feature, renderer));
      drawn.forEach((layer) => bounds.extend(layer.getBounds()));
      this.map.fitBounds(bounds, { padding: [28, 28], maxZoom: CLOSE, animate: false });
      this.map.addLayer(this.clusters);
      drawn.forEach((layer) => layer.addTo(this.map));
    }

    pin(feature, at) {
      const row = String(feature.id);
      const icon = L.divIcon({ html: row, className: "o-pin", iconSize: [Math.max(32, 16 + 8 * row.length), 28] });
      return this.known(L.marker(at, { icon, title: this.name(feature), riseOnHover: true }), feature);
    }

    shape(feature, renderer) {
      const colour = getComputedStyle(this.box).getPropertyValue("--o-yodo").trim();
      const style = { className: "o-shape", renderer, color: colour, weight: 2.5 };
      const layer = L.geoJSON(feature.geometry, { style, pointToLayer: (_, at) => this.pin(feature, at) });
      layer.eachLayer((part) => this.known(part, feature));
      this.layers.set(feature.id, layer);
      return layer;
    }

    /* A marker, a line or an area says what it is, and answers to mouse and keys. */
    known(layer, feature) {
      if (layer instanceof L.LayerGroup) {
        layer.eachLayer((part) => this.known(part, feature));
        return layer;
      }
      if (!this.layers.has(feature.id)) this.layers.set(feature.id, layer);
      layer.on("click", () => this.choose(feature.id));
      layer.on("add", () => {
        const element = layer.getElement && layer.getElement();
        if (!element) return;
        element.setAttribute("tabindex", "0");
        element.setAttribute("role", "button");
        element.setAttribute("aria-label", `${feature.id}: ${this.name(feature)}`);
        element.addEventListener("keydown", (event) => this.key(event, feature.id));
        this.paint(element, feature.id);
      });
      return layer;
    }

    name(feature) {
      return feature.properties[this.said.name] || words(this.said.unnamed, { n: feature.id });
    }

    key(event, row) {
      if (!["Enter", " ", "Escape"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key !== "Escape") this.choose(row);
      this.back(row);
    }

    elements(row) {
      const found = [];
      const look = (layer) => {
        if (layer instanceof L.LayerGroup) layer.eachLayer(look);
        else if (layer.getElement && layer.getElement()) found.push(layer.getElement());
      };
      look(this.layers.get(row));
      return found;
    }

    paint(element, row) {
      const chosen = row === this.chosen;
      element.classList.toggle("is-chosen", chosen);
      element.setAttribute("aria-pressed", String(chosen));
    }

    choose(row) {
      const before = this.chosen;
      this.chosen = row;
      [before, row].filter((one) => this.layers.has(one)).forEach((one) => this.elements(one).forEach((element) => this.paint(element, one)));
      this.entries.forEach((link, one) => {
        link.closest("li").classList.toggle("is-chosen", one === row);
        if (one === row) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
      const entry = this.entries.get(row);
      if (entry) {
        const list = entry.closest("ol");
        list.scrollTop += entry.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
      }
      this.tell(this.features.get(row));
    }

    /* From the list to the map: the place is brought into view and has the focus. */
    show(row) {
      const layer = this.layers.get(row);
      const focus = () => {
        this.map.getContainer().scrollIntoView({ block: "nearest" });
        const element = this.elements(row)[0] || this.panel;
        element.focus({ preventScroll: element !== this.panel });
      };
      this.choose(row);
      if (isPoint(this.features.get(row))) {
        this.clusters.zoomToShowLayer(layer, () => {
          this.map.panInside(layer.getLatLng(), { padding: [40, 40], animate: false });
          focus();
        });
      } else {
        this.map.fitBounds(layer.getBounds(), { padding: [28, 28], maxZoom: CLOSE, animate: false });
        focus();
      }
    }

    back(row) {
      (this.entries.get(row) || this.panel.querySelector("a") || this.map.getContainer()).focus();
    }

    tell(feature) {
      const part = this.box.querySelector("template").content.cloneNode(true);
      part.querySelector("h3").textContent = `${feature.id}: ${this.name(feature)}`;
      const list = part.querySelector("dl");
      Object.entries(feature.properties).filter(([, value]) => value.trim()).slice(0, MOST_SAID).forEach(([name, value]) => {
        L.DomUtil.create("dt", "", list).textContent = name;
        L.DomUtil.create("dd", "", list).textContent = value.length > 200 ? `${value.slice(0, 200)}…` : value;
      });
      const link = part.querySelector("a");
      const here = document.getElementById(`row-${feature.id}`);
      link.href = here ? `#row-${feature.id}` : this.elsewhere(link.getAttribute("href"), feature.id);
      part.querySelector("button").addEventListener("click", () => this.back(feature.id));
      part.querySelector("button").hidden = !this.entries.has(feature.id);
      this.panel.replaceChildren(part);
      this.panel.hidden = false;
    }

    /* The page of the table on which a row is. */
    elsewhere(address, row) {
      const page = new URL(address, location.href);
      page.searchParams.set("row", row);
      page.hash = `row-${row}`;
      return page.href;
    }

    listen() {
      this.entries.forEach((link, row) => {
        if (!this.layers.has(row)) return;
        link.addEventListener("click", (event) => {
          event.preventDefault();
          this.show(row);
        });
      });
      const asked = Number(this.said.row);
      if (this.layers.has(asked)) this.choose(asked);
    }
  }

  async function start(box) {
    let features;
    try {
      const answer = await fetch(box.dataset.ordenMap, { headers: { Accept: "application/geo+json" } });
      if (!answer.ok) return;
      features = (await answer.json()).features;
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError) return; /* no answer, or none that can be read */
      throw error;
    }
    if (features.length) new Places(box, features);
  }

  document.querySelectorAll("[data-orden-map]").forEach(start);
})();
