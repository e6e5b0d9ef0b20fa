SwaggerUIBundle({
  dom_id: '#apis',
  urls: [
    { name: 'Kubernetes API v1', url: '/openapi/kubernetes-v1.json' },
    { name: 'Keelson v1', url: '/openapi/keelson-v1.json' },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  docExpansion: 'none',
  validatorUrl: null,
});
