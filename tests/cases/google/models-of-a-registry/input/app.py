from google.cloud import aiplatform
aiplatform.Model("projects/p/locations/us/models/123456")
aiplatform.Model(model_name="fraud-1")
