module keelson/e2e

go 1.25.0

require github.com/scaleway/scaleway-sdk-go v1.0.0-beta.37

require gopkg.in/yaml.v2 v2.4.0 // indirect
