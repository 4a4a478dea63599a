import { createApp } from 'vue'
import 'hearth-recommender/elements'
import App from './App.vue'
import './style.css'

createApp(App).mount('#app')
